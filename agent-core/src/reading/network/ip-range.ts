import { isIpv4 } from './dns-name.ts';

function toNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** Whether an IPv4 address lies in a range (`10.0.0.0/8`). Undefined for IPv6 and for what is no range. */
export function inRange(cidr: string, address: string): boolean | undefined {
  const [network = '', bits = ''] = cidr.split('/');
  if (!isIpv4(network) || !isIpv4(address) || !/^\d{1,2}$/.test(bits) || Number(bits) > 32) return undefined;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(toNumber(network) / size) === Math.floor(toNumber(address) / size);
}
