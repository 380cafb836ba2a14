import { readdirSync, readFileSync } from 'node:fs';
import type { ClientActionFunctionArgs, ShouldRevalidateFunctionArgs } from '@remix-run/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepData, keepPage } from '~/ui/keep-page';

const toast = vi.fn();
beforeEach(() => vi.stubGlobal('shopify', { toast: { show: toast } }));
afterEach(() => {
  vi.unstubAllGlobals();
  toast.mockReset();
});

/** What the page's fetcher gets when the server answers so. */
const send = (serverAction: () => Promise<unknown>, signal = new AbortController().signal) =>
  keepPage({
    request: new Request('https://perennial.test/app/settings', { method: 'POST', signal }),
    params: {},
    serverAction: serverAction as ClientActionFunctionArgs['serverAction'],
  });
const fail = async (error: unknown): Promise<never> => {
  throw error;
};
/** As Remix hands on a response that was thrown. */
const refusal = (status: number, data: unknown) => ({ status, statusText: '', internal: false, data });

describe('sending a form', () => {
  it('hands on what the action answers', async () => {
    expect(await send(() => Promise.resolve({ saved: true }))).toEqual({ saved: true });
    expect(toast).not.toHaveBeenCalled();
    for (const actionStatus of [200, 422])
      expect(keepData({ actionStatus } as ShouldRevalidateFunctionArgs)).toBe(true);
  });

  it.each([
    ['no network', new TypeError('Failed to fetch'), /try again/],
    ['an unexpected error', new Error('Unexpected Server Error'), /try again/],
    ['a proxy that finds no server', refusal(502, '<html>Bad gateway</html>'), /try again/],
    ['a refusal in words', refusal(409, { userMessage: 'Someone was faster.' }), /^Someone was faster.$/],
    ['a server that is not there now', refusal(503, { userMessage: 'Wait a minute.' }), /^Wait a minute.$/],
  ])('%s: says so, keeps the page, and reads nothing anew', async (_, error, words) => {
    const answer = await send(() => fail(error));
    expect(toast).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(words), { isError: true });
    const { status: actionStatus } = answer as Response;
    expect(keepData({ actionStatus } as ShouldRevalidateFunctionArgs)).toBe(false);
    expect(await (answer as Response).json()).toBeNull();
  });

  it.each([
    ['what is not there', refusal(404, { userMessage: 'This reward does not exist.' })],
    ['a redirect', Response.redirect('https://perennial.test/app')],
    ["a page of Shopify's library", refusal(401, '<script></script>')],
  ])('%s goes its own way', async (_, error) => {
    await expect(send(() => fail(error))).rejects.toBe(error);
    expect(toast).not.toHaveBeenCalled();
  });

  it('that was called off says nothing', async () => {
    await send(() => Promise.reject(new DOMException('Aborted', 'AbortError')), AbortSignal.abort());
    expect(toast).not.toHaveBeenCalled();
  });

  it('is kept so on every page with an action', () => {
    const routes = readdirSync('app/routes').filter((file) => file.startsWith('app.'));
    const saying = (words: RegExp) =>
      routes.filter((file) => words.test(readFileSync(`app/routes/${file}`, 'utf8')));
    const withAction = saying(/function action\b/);
    expect(withAction.length).toBeGreaterThan(20);
    expect(saying(/keepPage as clientAction/)).toEqual(withAction);
    // And its data with it; Remix would read it anew in spite of the status.
    expect(saying(/keepData as shouldRevalidate/)).toEqual(
      expect.arrayContaining(withAction.filter((file) => file.endsWith('x'))),
    );
  });
});
