// A whole number too long for a JavaScript number, standing as a value: not part of a longer number, not a key.
const longInteger = /(?<![\d.eE+-])-?[1-9]\d{15,}(?![\d.eE]|\s*:)/g;
const hasLongDigits = /\d{16}/;
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const hasImpossibleText = /\\u0000|\\ud[89a-f]/i;

/**
 * `JSON.parse` that loses nothing and keeps nothing that a database can't: whole numbers of 16 digits and more come as
 * strings of their digits (JavaScript would round them), NUL characters are dropped and halves of surrogate pairs
 * replaced. Throws SyntaxError exactly when `JSON.parse` would.
 */
export function parseJson(text: string): unknown {
  const exact = hasLongDigits.test(text) ? quoteLongIntegers(text) : text;
  return hasImpossibleText.test(text) ? JSON.parse(exact, storableText) : JSON.parse(exact);
}

/** Walks from string to string, so that digits inside strings stay as they are. */
function quoteLongIntegers(text: string): string {
  let result = '';
  let position = 0;
  while (position < text.length) {
    const open = text.indexOf('"', position);
    const outside = text.slice(position, open === -1 ? undefined : open);
    result += hasLongDigits.test(outside) ? outside.replace(longInteger, '"$&"') : outside;
    if (open === -1) break;
    const end = endOfString(text, open);
    result += text.slice(open, end);
    position = end;
  }
  return result;
}

/** The position after the closing quote of the string that opens at `open`; the end of the text when it never closes. */
function endOfString(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close !== -1) {
    let backslashes = 0;
    while (text[close - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return close + 1;
    close = text.indexOf('"', close + 1);
  }
  return text.length;
}

function storableText(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\u0000', '').replace(loneSurrogate, '\ufffd') : value;
}
