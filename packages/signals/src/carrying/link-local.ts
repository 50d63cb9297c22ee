import { BlockList, isIP } from 'node:net';

/** RFC 3927, RFC 4291 section 2.5.6; the second also as it is mapped into IPv6. */
const linkLocal = new BlockList();
linkLocal.addSubnet('169.254.0.0', 16, 'ipv4');
linkLocal.addSubnet('fe80::', 10, 'ipv6');
linkLocal.addSubnet('::ffff:169.254.0.0', 112, 'ipv6');
/** Where one cloud gives credentials by IPv6: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html */
linkLocal.addAddress('fd00:ec2::254', 'ipv6');

/** Whether an address is reached on this machine's own link alone. A name is none. */
export function isLinkLocal(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && linkLocal.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
