/** Elements with behaviour; the others are styled by extension.css alone. */
export function defineElements(): void {
  customElements.define(
    's-progress',
    class extends HTMLElement {
      static readonly observedAttributes = ['value', 'max'];

      attributeChangedCallback(): void {
        const share = (Number(this.getAttribute('value')) / (Number(this.getAttribute('max')) || 1)) * 100;
        this.style.setProperty('--share', `${Math.max(0, Math.min(100, share))}%`);
      }
    },
  );

  for (const name of ['s-button', 's-link', 's-clickable']) {
    customElements.define(
      name,
      class extends HTMLElement {
        connectedCallback(): void {
          this.tabIndex = 0;
          this.setAttribute('role', name === 's-link' ? 'link' : 'button');
          this.addEventListener('keydown', (event) => {
            if (event.key === 'Enter' || event.key === ' ') this.click();
          });
          this.addEventListener('click', () => {
            const href = this.getAttribute('href');
            if (href !== null) window.open(href, '_blank');
            if (this.getAttribute('command') === '--copy') copy(this.getAttribute('commandfor') ?? '');
          });
        }
      },
    );
  }

  customElements.define(
    's-number-field',
    class extends HTMLElement {
      static readonly observedAttributes = ['value'];
      readonly #input = document.createElement('input');

      get value(): string {
        return this.#input.value;
      }

      set value(value: string) {
        this.#input.value = value;
      }

      connectedCallback(): void {
        const label = document.createElement('label');
        const name = document.createElement('span');
        name.textContent = this.getAttribute('label');
        this.#input.type = 'number';
        for (const bound of ['min', 'max', 'step'])
          this.#input.setAttribute(bound, this.getAttribute(bound) ?? '');
        label.append(name, this.#input);
        this.replaceChildren(label);
        this.#input.addEventListener('change', (event) => {
          event.stopPropagation();
          this.dispatchEvent(new Event('change'));
        });
      }

      attributeChangedCallback(_name: string, _before: string | null, value: string | null): void {
        this.value = value ?? '';
      }
    },
  );

  customElements.define('s-select', ExtensionSelect);

  customElements.define(
    's-image',
    class extends HTMLElement {
      connectedCallback(): void {
        const image = document.createElement('img');
        image.src = this.getAttribute('src') ?? '';
        image.alt = this.getAttribute('alt') ?? '';
        this.replaceChildren(image);
      }
    },
  );
}

/** Its `s-option` children stay where the extension put them; what is shown is a select made of them. */
class ExtensionSelect extends HTMLElement {
  static readonly observedAttributes = ['value'];
  readonly #select = document.createElement('select');
  #value = '';

  get value(): string {
    return this.#value;
  }

  set value(value: string) {
    this.#value = value;
    this.#select.value = value;
  }

  connectedCallback(): void {
    const label = document.createElement('label');
    const name = document.createElement('span');
    name.textContent = this.getAttribute('label');
    label.append(name, this.#select);
    const style = document.createElement('style');
    style.textContent = 'label { display: grid; gap: 4px; } select { font: inherit; padding: 8px; }';
    this.attachShadow({ mode: 'open' }).append(style, label);
    this.#select.addEventListener('change', () => {
      this.#value = this.#select.value;
      this.dispatchEvent(new Event('change'));
    });
    new MutationObserver(() => this.#fill()).observe(this, { childList: true, subtree: true });
    this.#fill();
  }

  attributeChangedCallback(_name: string, _before: string | null, value: string | null): void {
    this.value = value ?? '';
  }

  #fill(): void {
    const options = [...this.querySelectorAll('s-option')].map(
      (option) => new Option(option.textContent, option.getAttribute('value') ?? ''),
    );
    const none = new Option(this.getAttribute('placeholder') ?? '', '');
    none.disabled = true;
    this.#select.replaceChildren(none, ...options);
    this.#select.value = this.#value;
  }
}

/** What `command="--copy"` does with the `s-clipboard-item` of this id. */
function copy(id: string): void {
  void navigator.clipboard.writeText(document.getElementById(id)?.getAttribute('text') ?? '');
}
