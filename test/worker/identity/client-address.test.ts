// From where a client comes, as far as limits tell clients apart: an IPv4 address, or the /64 of an IPv6 one.

import { describe, expect, it } from 'vitest';
import { addressOfClient } from '../../../worker/identity/client-address.ts';

function addressFor(address: string | undefined): string | undefined {
  const headers = new Headers(address === undefined ? {} : { 'cf-connecting-ip': address });
  return addressOfClient(new Request('http://localhost/', { headers }));
}

describe('a client', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::6', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8:0:0::/64'],
    ['2001:db8::1:2:3:4:5', '2001:db8:0:1::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
  ])('at %s is one of %s', (address, client) => {
    expect(addressFor(address)).toBe(client);
  });

  it('whose address the platform doesn’t name can’t be told apart', () => {
    expect(addressFor(undefined)).toBeUndefined();
  });
});
