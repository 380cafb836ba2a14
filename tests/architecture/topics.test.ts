import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { topics } from '~/ingest/topics.server';

/** Each topic of the configuration with the file its group's comment names. */
function topicsOfConfiguration(): Map<string, string | null> {
  const found = new Map<string, string | null>();
  const [, ...groups] = readFileSync('shopify.app.toml', 'utf8').split('[[webhooks.subscriptions]]');
  let comment = lastComment(
    readFileSync('shopify.app.toml', 'utf8').split('[[webhooks.subscriptions]]')[0] ?? '',
  );
  for (const group of groups) {
    const list = /topics\s*=\s*\[([^\]]*)\]/.exec(group)?.[1] ?? '';
    for (const [, topic] of list.matchAll(/"([^"]+)"/g)) if (topic) found.set(topic, comment);
    comment = lastComment(group);
  }
  return found;
}

function lastComment(text: string): string | null {
  return [...text.matchAll(/^# (app\/\S+)$/gm)].at(-1)?.[1] ?? null;
}

describe('topics', () => {
  const configured = topicsOfConfiguration();

  it('are the same in shopify.app.toml and in app/ingest/topics.server.ts', () => {
    expect([...configured.keys()].sort()).toEqual(Object.keys(topics).sort());
  });

  it('name the same file for "what happens then?", and it exists', () => {
    for (const [topic, file] of configured) {
      expect.soft(file, topic).toBe(topics[topic]?.handler);
      expect.soft(file !== null && existsSync(file), `${file} of ${topic}`).toBe(true);
    }
  });
});
