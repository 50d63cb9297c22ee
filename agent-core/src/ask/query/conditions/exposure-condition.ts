import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isEntry } from '../../../reading/network/service-exposure.ts';
import { routesTo } from '../../../reading/network/service-users.ts';
import { areRelated } from '../carriers.ts';
import { after } from '../condition.ts';
import type { ReadCondition } from '../condition.ts';
import type { Subject } from '../subject.ts';

const outside =
  /^(?:(?:reachable|exposed|accessible|open|available|visible|published|facing)(?: (?:from|to|at))? (?:the )?(?:outside(?: of the cluster|world| world)?|internet|public|world|externally|publicly)|(?:externally |publicly |internet[ -])(?:reachable|exposed|accessible|available|visible|facing)|public(?:ly)?|external)(?= |$)/i;

/** A Service of a type that the outside reaches, or to which a route leads; anything else by such a Service. */
function isExposed(snapshot: Snapshot, { ref }: Subject): boolean {
  return snapshot
    .list('Service')
    .filter((service) => isEntry(service) || routesTo(snapshot, service.metadata).length > 0)
    .map((service) => refTo('Service', service))
    .some((service) =>
      ref.kind === 'Service'
        ? service.name === ref.name && service.namespace === ref.namespace
        : areRelated(snapshot, ref, service),
    );
}

/** "Reachable from outside", "exposed to the internet": by what is declared; firewalls are not seen. */
export const readExposure: ReadCondition = (words, { context: { snapshot } }) => {
  const match = outside.exec(words);
  return match === null
    ? undefined
    : {
        condition: { said: 'reachable from outside', fits: (subject) => isExposed(snapshot, subject) },
        rest: after(words, match),
      };
};
