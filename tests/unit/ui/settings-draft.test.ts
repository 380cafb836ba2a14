import { describe, expect, it } from 'vitest';
import { defaultSettings } from '~/modules/shops/types';
import { earnRule } from '../../factories/loyalty';
import { findMistakes, fromDraft, toDraft, type SettingsDraft } from '~/ui/settings/settings-draft';

const rule = earnRule();
const draft = toDraft(rule, defaultSettings);
const save = (changes: Partial<SettingsDraft>) => {
  const found = findMistakes({ ...draft, ...changes });
  return 'errors' in found ? found.errors : fromDraft(found.parsed);
};

describe('what was saved', () => {
  it('comes back as it was', () => {
    const { version: _version, effectiveFrom: _from, ...terms } = rule;
    const { setupDismissedAt: _dismissed, ...settings } = defaultSettings;
    expect(save({})).toEqual({ rule: { ...terms, pointsPerUnit: '1' }, settings });
  });

  it('keeps quiet hours only while they are switched on', () => {
    expect(save({ quiet: true, quietHoursStart: '21:30', quietHoursEnd: '08:05' })).toMatchObject({
      settings: { quietHoursStart: 1_290, quietHoursEnd: 485 },
    });
    expect(save({ quiet: false, quietHoursStart: '21:30' })).toMatchObject({
      settings: { quietHoursStart: null, quietHoursEnd: null },
    });
    // A field that is not shown can't be corrected.
    expect(save({ quiet: false, quietHoursStart: '' })).toMatchObject({
      settings: { quietHoursStart: null },
    });
    expect(save({ quiet: true, quietHoursStart: '' })).toHaveProperty('quietHoursStart');
    const night = { ...defaultSettings, quietHoursStart: 0, quietHoursEnd: 65 };
    expect(toDraft(rule, night)).toMatchObject({
      quiet: true,
      quietHoursStart: '00:00',
      quietHoursEnd: '01:05',
    });
  });

  it('takes empty fields as none and a comma as a decimal point', () => {
    expect(save({ senderName: '  ', senderEmail: '', pointsPerUnit: '0,5' })).toMatchObject({
      rule: { pointsPerUnit: '0.5' },
      settings: { senderName: null, senderEmail: null },
    });
  });
});

describe('goods that earn', () => {
  it('keeps what its kind of list asks for', () => {
    const list = { productIds: ['7'], collectionIds: ['8'], tags: 'sale, Sale ,,', allBut: true };
    expect(save({ ...list, scope: 'collections' })).toMatchObject({
      rule: { scope: 'collections', productIds: [], collectionIds: [8n], tags: [], allBut: true },
    });
    expect(save({ ...list, scope: 'tags' })).toMatchObject({ rule: { tags: ['sale', 'Sale'] } });
    expect(toDraft(earnRule({ scope: 'tags', tags: ['a', 'b'] }), defaultSettings).tags).toBe('a, b');
  });

  it.each([
    ['products', 'productIds'],
    ['collections', 'collectionIds'],
    ['tags', 'tags'],
  ] as const)('marks a list of %s that names none', (scope, field) => {
    expect(save({ scope })).toHaveProperty(field);
  });
});

describe('mistakes', () => {
  it.each([
    ['pointsPerUnit', '-1'],
    ['pointsPerUnit', '1e3'],
    ['pointsPerUnit', '1000.1'],
    ['pointsPerUnit', '1.23456'],
    ['pointsPerUnit', ''],
    ['pendingDays', '366'],
    ['pendingDays', '1.5'],
    ['minimum', '0'],
    ['cartDelayMinutes', '9'],
    ['cartDelayMinutes', 'soon'],
    ['senderEmail', 'nobody'],
    ['replyTo', 'a@b\r\nBcc: c@d'],
    ['brandColor', 'green'],
    ['brandColor', '#fff;background:url(x)'],
    ['logoUrl', 'javascript:alert(1)'],
    ['logoUrl', 'http://shop.example/logo.png'],
    ['quietHoursStart', '25:00'],
    ['capMessages', '0'],
    ['capWindowHours', '745'],
    ['holdoutPercent', '51'],
  ] as const)('%s does not take "%s", and only that field is marked', (name, value) => {
    const errors = save({ quiet: true, [name]: value });
    expect(Object.keys(errors)).toEqual([name]);
  });

  it('are found in what is no draft at all', () => {
    for (const nonsense of [null, [], 'x', {}]) expect(findMistakes(nonsense)).toHaveProperty('errors');
  });
});
