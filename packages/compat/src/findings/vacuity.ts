import type { Node } from '../nodes.js';
import type { Proof } from '../proof.js';
import { verdictFinding, type DirectionName, type Finding } from './finding.js';

const steps = 4000;

/** What is to be said of a schema that no document satisfies: an answer about it is true, and means nothing. */
export function vacuity(proof: Proof, direction: DirectionName): Finding[] {
  const isEmpty = (node: Node) => proof.find([node], [], steps).kind === 'empty';
  return [
    ...(isEmpty(proof.old) ? [verdictFinding('old-schema-empty', direction, '', 'warn')] : []),
    ...(isEmpty(proof.new) ? [verdictFinding('new-schema-empty', direction, '', 'error')] : []),
  ];
}
