import { describe, expect, it } from 'vitest';
import { callerNetwork } from '~/platform/caller-network';

describe('the network of a caller', () => {
  it.each([
    ['203.0.113.7, 10.0.0.1', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:DB8:1:2:aaaa:bbbb:cccc:dddd', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::1, 10.0.0.1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:0:0:1:2:3:4', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', null],
  ])('%s is %s', (told, network) =>
    expect(callerNetwork(new Headers({ 'x-forwarded-for': told }))).toBe(network),
  );

  it('is nobody’s when nobody says it', () => expect(callerNetwork(new Headers())).toBeNull());
});
