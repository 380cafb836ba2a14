/* Fills the blocks of the loyalty programme. No library, no cookies; asks the shop's own address, signed by Shopify. */
(() => {
  const money = (element, amount, currency) =>
    new Intl.NumberFormat(element.dataset.locale, { style: 'currency', currency }).format(Number(amount));

  /** What points are worth to whoever chooses how many: rounded down to what the currency has coins for, as the server does. */
  const worthOf = (element, { perUnit }, points, currency) => {
    const { maximumFractionDigits } = new Intl.NumberFormat('en', {
      style: 'currency',
      currency,
    }).resolvedOptions();
    const unit = 10 ** maximumFractionDigits;
    return money(element, Math.floor((points * unit) / perUnit) / unit, currency);
  };

  /** `balance` with 1 is `balance_one`, in the languages that tell them apart. */
  const say = (element, key, count, values) => {
    const words = JSON.parse(element.querySelector('[data-words]').textContent);
    const form = new Intl.PluralRules(element.dataset.locale).select(count ?? 2);
    const text = words[count === undefined ? key : `${key}_${form}`] ?? words[`${key}_other`] ?? '';
    const number = new Intl.NumberFormat(element.dataset.locale).format(count ?? 0);
    return Object.entries({ number, ...values }).reduce(
      (line, [name, value]) => line.replaceAll(`[${name}]`, String(value)),
      text,
    );
  };

  const make = (tag, text, className) => {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    if (className !== undefined) node.className = className;
    return node;
  };

  async function ask(element, query) {
    const response = await fetch(`${element.dataset.url}${query}`, {
      headers: { Accept: 'application/json' },
    });
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }

  function amountOf(element, basis, amount, currency) {
    if (basis === 'net_spend') return money(element, amount, currency);
    return say(element, basis === 'orders' ? 'orders' : 'points', Number(amount));
  }

  function standing(element, answer) {
    if (answer.status !== 'member') return [];
    const nodes = [make('p', say(element, 'points', answer.balance), 'perennial-balance')];
    if (answer.pending > 0) nodes.push(make('p', say(element, 'pending', answer.pending)));
    const { tier } = answer;
    if (tier?.name) nodes.push(make('p', say(element, 'tier', undefined, { tier: tier.name })));
    if (tier?.next) {
      const missing = amountOf(element, tier.basis, tier.next.missing, answer.currency);
      const line = say(element, 'next', undefined, { missing, tier: tier.next.name });
      const bar = make('progress');
      bar.max = 1;
      bar.value = tier.next.progress;
      bar.setAttribute('aria-label', line);
      nodes.push(make('p', line), bar);
    }
    return nodes;
  }

  /** Lines of what it is, its terms below it, and at the right a text or a form; '' for none. */
  function list(element, heading, lines) {
    if (lines.length === 0) return [];
    const items = make('ul');
    for (const [what, terms, right] of lines) {
      const item = make('li');
      const left = make('span', what);
      if (terms !== '') left.append(make('small', terms));
      item.append(left, typeof right === 'string' ? make('span', right) : right);
      items.append(item);
    }
    return [make('h3', say(element, heading)), items];
  }

  function priceOf(element, points, slider, currency) {
    const price = say(element, 'points', points);
    if (!slider) return price;
    const worth = worthOf(element, slider, points, currency);
    return `${say(element, 'from', undefined, { amount: price })} (${worth})`;
  }

  const rewards = (element, { rewards: all, status, currency }) =>
    all.map((reward) => {
      const { title, points, slider, minimum, missing, usedUp, onlyFor = [] } = reward;
      const terms = [priceOf(element, points, slider, currency)];
      if (minimum !== null)
        terms.push(say(element, 'minimum', undefined, { amount: money(element, minimum, currency) }));
      const line = (right) => [title, terms.join(', '), right];
      if (status !== 'member') return line('');
      if (onlyFor.length > 0) return line(say(element, 'only_for', undefined, { tiers: onlyFor.join(', ') }));
      if (missing > 0) return line(say(element, 'to_go', missing));
      return line(usedUp ? say(element, 'used_up') : chooser(element, reward, currency));
    });

  const newKey = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
      '',
    );

  /** A button that redeems, with a field for the points where one may choose. */
  function chooser(element, { id, title, points: least, slider }, currency) {
    const form = make('form', undefined, 'perennial-redeem');
    const button = make('button', say(element, 'redeem_now'));
    button.setAttribute('aria-label', `${say(element, 'redeem_now')}: ${title}`);
    let chosen;
    if (slider && slider.most > least) {
      chosen = least;
      const field = make('input');
      Object.assign(field, { type: 'number', min: least, max: slider.most, step: slider.step, value: least });
      field.setAttribute('aria-label', say(element, 'choose'));
      const worth = make('output');
      const show = () => {
        const within = Math.min(Math.max(Number(field.value) || least, least), slider.most);
        chosen = least + Math.floor((within - least) / slider.step) * slider.step;
        worth.textContent = worthOf(element, slider, chosen, currency);
      };
      field.addEventListener('input', show);
      field.addEventListener('change', () => (field.value = chosen));
      show();
      form.append(field, worth);
    } else if (slider) chosen = least;
    form.append(button);
    let press = {}; // kept until it is known what became of it: pressing again then spends nothing twice
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      if (press.points !== chosen || !press.key) press = { key: newKey(), points: chosen };
      button.disabled = true;
      void redeem(element, { rewardId: id, ...press }, title).finally(() => (button.disabled = false));
    });
    return form;
  }

  /** Redeems, shows what stands there afterwards, and says what became of it. */
  async function redeem(element, command, title) {
    let text;
    let isKnown = false;
    try {
      const response = await fetch(element.dataset.url.replace(/loyalty$/, 'redeem'), {
        method: 'POST',
        headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
        body: JSON.stringify(command),
      });
      const { code, reason } = await response.json();
      isKnown = response.status === 200 || (response.status >= 400 && response.status < 500);
      if (response.status === 200)
        text = say(element, code === null ? 'credited' : 'ready', undefined, { title, code });
      else if (response.status === 202) text = say(element, 'preparing', undefined, { title });
      else if (reason === 'unclear') text = say(element, 'unclear', undefined, { title });
      else text = say(element, isKnown ? 'refused' : 'unreachable', undefined, { title });
    } catch {
      text = say(element, 'unreachable');
    }
    if (isKnown) await fillPage(element);
    const body = element.querySelector('[data-body]');
    body.querySelector('.perennial-note')?.remove();
    const note = make('p', text, 'perennial-note');
    note.tabIndex = -1;
    body.prepend(note);
    note.focus(); // what was pressed may be gone or far below: who can't see it hears it, and goes on from here
  }

  const tiers = (element, { tiers: all, basis, currency }) =>
    all.map(({ name, threshold, multiplier }) => [
      Number(multiplier) > 1
        ? say(element, 'multiplied', undefined, { tier: name, times: Number(multiplier) })
        : name,
      '',
      say(element, 'from', undefined, { amount: amountOf(element, basis, threshold, currency) }),
    ]);

  async function fillPage(element) {
    const body = element.querySelector('[data-body]');
    let answer;
    try {
      answer = await ask(element, '');
    } catch {
      body.replaceChildren(make('p', say(element, 'failed')));
      return;
    } finally {
      body.removeAttribute('aria-busy');
    }
    if (answer.status === 'off') {
      body.replaceChildren(make('p', say(element, 'off')));
      return;
    }
    const amount = money(element, 1, answer.currency);
    const earn = say(element, 'earn', Number(answer.pointsPerUnit), { amount });
    body.replaceChildren(
      ...standing(element, answer),
      make('p', earn),
      ...list(element, 'rewards', rewards(element, answer)),
      ...list(element, 'tiers', tiers(element, answer)),
    );
  }

  async function fillProduct(element, variantId) {
    const prices = JSON.parse(element.querySelector('[data-prices]').textContent);
    const cents = prices[variantId ?? element.dataset.variant];
    const line = element.querySelector('[data-body]');
    if (cents === undefined) return;
    const query = new URLSearchParams({
      total: (cents / 100).toFixed(2),
      currency: element.dataset.currency,
      product: element.dataset.product, // campaigns and the goods that earn
    });
    element.dataset.variant = variantId ?? element.dataset.variant;
    try {
      const { earns } = await ask(element, `?${query}`);
      if (prices[element.dataset.variant] !== cents) return; // another variant was chosen meanwhile
      line.textContent = earns > 0 ? say(element, 'product', earns) : '';
    } catch {
      line.textContent = ''; // a product page without our line is fine
    }
  }

  function start(root) {
    root.querySelectorAll('[data-perennial="page"]').forEach((element) => void fillPage(element));
    root.querySelectorAll('[data-perennial="product"]').forEach((element) => void fillProduct(element));
  }

  document.addEventListener('change', ({ target }) => {
    if (!target.matches?.('form[action*="/cart/add"] [name="id"]')) return;
    document
      .querySelectorAll('[data-perennial="product"]')
      .forEach((element) => void fillProduct(element, target.value));
  });
  // The theme editor puts sections in place again while a merchant works.
  document.addEventListener('shopify:section:load', ({ target }) => start(target));
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => start(document));
  else start(document);
})();
