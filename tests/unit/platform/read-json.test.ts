import { expect, it } from 'vitest';
import { readJson } from '~/platform/read-json.server';

const post = (body: BodyInit): Request =>
  new Request('https://app.example', { method: 'POST', body, duplex: 'half' });

it('reads JSON, and nothing that is none or longer than anybody who means well sends', async () => {
  expect(await readJson(post('{"points": 5}'))).toEqual({ points: 5 });
  expect(await readJson(post('points=5'))).toBeNull();
  expect(await readJson(post(JSON.stringify('x'.repeat(20_000))))).toBeNull();
});

it('stops reading a body without an end', async () => {
  let sent = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 1_000;
      controller.enqueue(new Uint8Array(1_000).fill(32));
    },
  });
  expect(await readJson(post(endless))).toBeNull();
  expect(sent).toBeLessThan(50_000);
});
