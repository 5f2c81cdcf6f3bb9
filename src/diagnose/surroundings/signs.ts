/** Signs that lie around a job. They count where the program never spoke: what it says itself is nearer to the cause. */
import { isForeign } from '../check-start.ts';
import type { Circumstances } from '../circumstances.ts';
import type { DataProbe, Proof } from '../evidence.ts';

type Holds = (circumstances: Circumstances) => Proof | undefined;

function isSilent({ evidence: { log, job } }: Circumstances): boolean {
  return log.totalLines === 0 && (job.status === 'Failed' || job.status === 'not-created');
}

/** Some place of the request answered this; an empty one only where something must be read. */
export function placeIs(wanted: DataProbe['answer']): Holds {
  return (circumstances) => {
    if (!isSilent(circumstances)) return undefined;
    const found = circumstances.evidence.data?.find(
      ({ answer, use }) => answer === wanted && (answer !== 'empty' || use === 'input' || use === 'source'),
    );
    return found && { source: 'data-access', quote: `${found.use} ${found.uri}: ${found.answer} (${found.detail})` };
  };
}

/** By its own policies the execution role may not do something of this service that the request needs. */
export function roleMayNot(service: 's3' | 'ecr'): Holds {
  return (circumstances) => {
    if (!isSilent(circumstances)) return undefined;
    const denied = deniedOf(circumstances, service)[0];
    const proof = denied && `SimulatePrincipalPolicy: ${denied.action} on ${denied.resource}: ${denied.detail}`;
    return proof === undefined ? undefined : { source: service === 's3' ? 'data-access' : 'image', quote: proof };
  };
}

export function deniedOf({ evidence: { role } }: Circumstances, service: string) {
  return (role ?? []).filter(({ action, allowed }) => action.startsWith(`${service}:`) && !allowed);
}

export const imageIsForeign: Holds = (circumstances) => {
  const { image } = circumstances.evidence;
  if (!isSilent(circumstances) || !image || !isForeign(image)) return undefined;
  return { source: 'image', quote: `${image.uri}: architecture ${image.architecture}` };
};

export const imageIsMissing: Holds = (circumstances) => {
  const { image } = circumstances.evidence;
  if (!isSilent(circumstances) || image?.exists !== false) return undefined;
  return { source: 'image', quote: `${image.uri}: Amazon ECR shows no such image` };
};
