/** `ui-nav-menu`, `s-app-nav`, `ui-save-bar`, `ui-title-bar`, `ui-modal`: shown by the frame, or over the app. */
import type { ToFrame } from './messages';

type Tell = (message: ToFrame) => void;

/** The element's children may change at any time: a framework renders them. */
function watch(element: HTMLElement, report: () => void): void {
  report();
  new MutationObserver(report).observe(element, {
    childList: true,
    subtree: true,
    attributes: true,
    characterData: true,
  });
}

function defineNav(name: string, tell: Tell): void {
  customElements.define(
    name,
    class extends HTMLElement {
      connectedCallback(): void {
        this.style.display = 'none';
        watch(this, () => {
          const links = [...this.querySelectorAll('a, s-link')].filter(
            (link) => link.getAttribute('rel') !== 'home',
          );
          const items = links.map((link) => ({
            href: link.getAttribute('href') ?? '',
            label: link.textContent.trim(),
          }));
          tell({ kind: 'nav', items });
        });
      }
    },
  );
}

function defineTitleBar(tell: Tell): void {
  customElements.define(
    'ui-title-bar',
    class extends HTMLElement {
      ofPage = false; // and not of a question on it, whose end takes no title away

      connectedCallback(): void {
        this.style.display = 'none';
        this.ofPage = this.closest('ui-modal') === null;
        if (!this.ofPage) return;
        watch(this, () => {
          const buttons = [...this.querySelectorAll(':scope > button, :scope > a')];
          const actions = buttons.map((button, index) => ({
            label: button.textContent.trim(),
            index,
            primary: button.getAttribute('variant') === 'primary',
          }));
          tell({ kind: 'title', title: this.getAttribute('title') ?? '', actions });
        });
      }

      disconnectedCallback(): void {
        if (this.ofPage) tell({ kind: 'title', title: '', actions: [] });
      }
    },
  );
}

class SaveBar extends HTMLElement {
  showing = false;

  connectedCallback(): void {
    this.style.display = 'none';
    this.addEventListener('standin:show', () => void this.show());
    this.addEventListener('standin:hide', () => void this.hide());
    this.addEventListener('standin:toggle', () => void this.toggle());
  }

  disconnectedCallback(): void {
    void this.hide();
  }

  show(): Promise<void> {
    return this.set(true);
  }

  hide(): Promise<void> {
    return this.set(false);
  }

  toggle(): Promise<void> {
    return this.set(!this.showing);
  }

  answer(kind: 'save' | 'discard'): void {
    const primary = this.querySelector<HTMLElement>('[variant="primary"]');
    const other = this.querySelector<HTMLElement>('button:not([variant="primary"])');
    (kind === 'save' ? primary : other)?.click();
  }

  private set(visible: boolean): Promise<void> {
    if (visible !== this.showing) {
      this.showing = visible;
      saveBars.changed();
      this.dispatchEvent(new CustomEvent(visible ? 'show' : 'hide'));
    }
    return Promise.resolve();
  }
}

interface SaveBars {
  dirtyForm: HTMLFormElement | null;
  tell: Tell | null;
  readonly leaving: (() => void)[];
  open(): SaveBar | undefined;
  changed(): void;
  answer(kind: 'save' | 'discard'): void;
  leaveConfirmation(): Promise<void>;
}

/** Whatever has unsaved changes: `ui-save-bar` elements and forms marked `data-save-bar`. */
export const saveBars: SaveBars = {
  dirtyForm: null,
  tell: null,
  leaving: [],

  open(): SaveBar | undefined {
    return [...document.querySelectorAll('ui-save-bar')].find(
      (bar): bar is SaveBar => bar instanceof SaveBar && bar.showing,
    );
  },

  changed(): void {
    const visible = this.open() !== undefined || this.dirtyForm !== null;
    this.tell?.({ kind: 'saveBar', visible });
    if (!visible) for (const leave of this.leaving.splice(0)) leave();
  },

  answer(kind: 'save' | 'discard'): void {
    this.open()?.answer(kind);
    const form = this.dirtyForm;
    if (form === null) return;
    if (kind === 'save') form.requestSubmit();
    else form.reset();
  },

  /** Resolves at once when nothing is unsaved, else when the bar has gone. */
  leaveConfirmation(): Promise<void> {
    if (this.open() === undefined && this.dirtyForm === null) return Promise.resolve();
    this.tell?.({ kind: 'toast', message: 'Save or discard your changes first', isError: true });
    return new Promise((resolve) => this.leaving.push(resolve));
  },
};

function watchForms(): void {
  const formOf = (event: Event): HTMLFormElement | null => {
    const { target } = event;
    const form =
      target instanceof HTMLFormElement ? target : target instanceof Element ? target.closest('form') : null;
    return form?.hasAttribute('data-save-bar') === true ? form : null;
  };
  const set = (form: HTMLFormElement | null) => {
    saveBars.dirtyForm = form;
    saveBars.changed();
  };
  for (const name of ['input', 'change']) {
    document.addEventListener(name, (event) => {
      const form = formOf(event);
      if (form !== null) set(form);
    });
  }
  for (const name of ['submit', 'reset']) {
    document.addEventListener(name, (event) => {
      if (formOf(event) !== null) set(null);
    });
  }
}

/** React renders a modal's content through a portal into `content`, so that element is there before the modal opens. */
class Modal extends HTMLElement {
  readonly content = document.createElement('div');
  private readonly dialog = document.createElement('dialog');

  connectedCallback(): void {
    this.style.display = 'none';
    this.dialog.style.cssText =
      'border:0;border-radius:12px;padding:0;width:min(620px,92vw);font:14px/1.4 Inter,system-ui,sans-serif;box-shadow:0 12px 40px #0004';
    this.dialog.addEventListener('close', this.announceHide);
    document.body.append(this.dialog);
    this.addEventListener('standin:show', () => void this.show());
    this.addEventListener('standin:hide', () => void this.hide());
    this.addEventListener('standin:toggle', () => void this.toggle());
  }

  disconnectedCallback(): void {
    this.dialog.remove();
  }

  show(): Promise<void> {
    if (this.dialog.open) return Promise.resolve();
    const own = [...this.children].filter(
      (child) => !child.tagName.startsWith('UI-') && child.textContent !== '',
    );
    if (!this.content.hasChildNodes()) this.content.append(...own);
    this.dialog.replaceChildren(this.buildHead(), this.content, this.buildFoot());
    this.dialog.showModal();
    this.dispatchEvent(new CustomEvent('show'));
    return Promise.resolve();
  }

  hide(): Promise<void> {
    this.dialog.close();
    return Promise.resolve();
  }

  toggle(): Promise<void> {
    return this.dialog.open ? this.hide() : this.show();
  }

  private readonly announceHide = (): void => {
    this.dispatchEvent(new CustomEvent('hide'));
  };

  private buildHead(): HTMLElement {
    const head = document.createElement('header');
    head.style.cssText = 'padding:14px 16px;font-weight:600;background:#f3f3f3;border-radius:12px 12px 0 0';
    head.textContent = this.querySelector('ui-title-bar')?.getAttribute('title') ?? '';
    return head;
  }

  private buildFoot(): HTMLElement {
    const foot = document.createElement('footer');
    foot.style.cssText =
      'display:flex;gap:8px;justify-content:flex-end;padding:12px 16px;border-top:1px solid #e3e3e3';
    for (const button of this.querySelectorAll<HTMLElement>('ui-title-bar > button')) {
      const copy = document.createElement('button');
      const colours =
        button.getAttribute('variant') === 'primary' ? 'background:#303030;color:#fff' : 'background:#fff';
      copy.textContent = button.textContent;
      copy.style.cssText = `padding:6px 12px;border-radius:8px;border:1px solid #ccc;font:inherit;cursor:pointer;${colours}`;
      copy.addEventListener('click', () => button.click());
      foot.prepend(copy);
    }
    return foot;
  }
}

export function defineElements(tell: Tell): void {
  saveBars.tell = tell;
  defineNav('ui-nav-menu', tell);
  defineNav('s-app-nav', tell);
  defineTitleBar(tell);
  customElements.define('ui-save-bar', SaveBar);
  customElements.define('ui-modal', Modal);
  watchForms();
}
