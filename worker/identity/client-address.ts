// From where a request comes, as far as limits by IP address tell clients apart.

/**
 * The client's IP address; of IPv6 its /64, which is what one subscriber gets. Undefined where the platform
 * names none: then there is nobody to tell apart.
 */
export function addressOfClient(request: Request): string | undefined {
  const address = request.headers.get('cf-connecting-ip');
  if (address === null) return undefined;
  return address.includes(':') ? networkOf(address) : address;
}

/** The first four groups of an IPv6 address, written out (RFC 4291, 2.2). */
function networkOf(address: string): string {
  // An IPv4 address at the end stands for the last two groups, and which ones doesn't matter here.
  const [front = '', back] = address.replace(/[^:]*\.[^:]*$/, '0:0').split('::');
  const frontGroups = front === '' ? [] : front.split(':');
  const backGroups = back ? back.split(':') : [];
  const zeros = back === undefined ? 0 : Math.max(0, 8 - frontGroups.length - backGroups.length);
  const groups = [...frontGroups, ...Array.from({ length: zeros }, () => '0'), ...backGroups];
  return `${groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
