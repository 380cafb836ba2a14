/* Fills the blocks of the loyalty programme. No library, no cookies; asks the shop's own address, signed by Shopify. */
(() => {
  const money = (element, amount, currency) =>
    new Intl.NumberFormat(element.dataset.locale, { style: 'currency', currency }).format(Number(amount));

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
    if (answer.status !== 'member') return [make('p', say(element, 'invitation'))];
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

  function list(element, heading, lines) {
    if (lines.length === 0) return [];
    const items = make('ul');
    for (const [what, right] of lines) {
      const item = make('li');
      item.append(make('span', what), make('span', right));
      items.append(item);
    }
    return [make('h3', say(element, heading)), items];
  }

  const rewards = (element, { rewards: all, status, currency }) =>
    all.map(({ title, points, minimum, missing, usedUp }) => {
      const price = say(element, 'points', points);
      const from =
        minimum === null
          ? ''
          : `, ${say(element, 'from', undefined, { amount: money(element, minimum, currency) })}`;
      const left = missing > 0 ? say(element, 'to_go', missing) : say(element, usedUp ? 'used_up' : 'yours');
      return [`${title} (${price}${from})`, status === 'member' ? left : ''];
    });

  const tiers = (element, { tiers: all, basis, currency }) =>
    all.map(({ name, threshold, multiplier }) => [
      Number(multiplier) > 1
        ? say(element, 'multiplied', undefined, { tier: name, times: Number(multiplier) })
        : name,
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
    const earn = say(element, 'earn', undefined, {
      points: new Intl.NumberFormat(element.dataset.locale).format(Number(answer.pointsPerUnit)),
      amount: money(element, 1, answer.currency),
    });
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
