/**
 * What the pipeline asks for: why a job failed or stopped, why it was refused, and which line of the repository it
 * was. Loaded only then: the rules are as large as the rest of the action's own code.
 */
import type { Inputs } from '../inputs/inputs.ts';
import type { CreateTrainingJobRequest, DescribeTrainingJobResponse } from '../ports.ts';
import { readCircumstances } from './circumstances.ts';
import { diagnoseCircumstances } from './diagnose.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Evidence } from './evidence.ts';
import { type Frame, isUserFrame, textOf } from './exception.ts';
import { evidenceOfJob } from './gather.ts';
import { type LocateDoors, locate, type SourcePlace } from './locate.ts';
import { type LogExcerpt, NO_LOG } from './log/excerpt.ts';
import { rootException } from './proofs.ts';
import { requestFactsOf } from './request-facts.ts';
import { type LookDoors, lookAround } from './surroundings/look-around.ts';

export { gatherAdvice } from './advise.ts';
export { makeLiveLog } from './live-log.ts';

/** The program's own exception, as its log shows it. */
export interface Raised {
  /** `Type: message` */
  readonly text: string;
  /** Of the user's own code, the deepest first. */
  readonly frames: readonly Frame[];
}

export interface Explained {
  readonly diagnosis: Diagnosis;
  readonly raised: Raised | undefined;
  /** The line of the repository that raised; absent when it is not certain. */
  readonly place: SourcePlace | undefined;
}

export interface ExplainDoors extends LocateDoors, LookDoors {}

/** A job that Failed or Stopped. `image`: how it was built; absent for a job of which only AWS is known. */
export async function explainJob(
  job: DescribeTrainingJobResponse,
  log: LogExcerpt,
  image: Inputs['image'] | undefined,
  doors: ExplainDoors,
): Promise<Explained> {
  const evidence = evidenceOfJob(job, log);
  const surroundings = await lookAround(evidence.request, job, doors);
  const { diagnosis, raised } = explain({ ...evidence, ...surroundings });
  // A job that somebody stopped may have printed exceptions that it got over.
  const named = job.TrainingJobStatus === 'Failed' && image !== undefined ? raised : undefined;
  const place = named && image && (await locate(named.frames, image, doors));
  return { diagnosis, raised, place };
}

/** A job that the API refused to create, for the reason it gave. */
export async function explainRefusal(
  reason: string,
  request: CreateTrainingJobRequest,
  region: string,
  doors: LookDoors,
): Promise<Explained> {
  const job = { status: 'not-created', secondaryStatus: undefined, failureReason: reason, transitions: [] };
  const facts = { ...requestFactsOf(request), region };
  const surroundings = await lookAround(facts, undefined, doors);
  return { ...explain({ job, log: NO_LOG, request: facts, ...surroundings }), place: undefined };
}

function explain(evidence: Evidence): Pick<Explained, 'diagnosis' | 'raised'> {
  const circumstances = readCircumstances(evidence);
  const root = rootException(circumstances.exceptions);
  return {
    diagnosis: diagnoseCircumstances(circumstances),
    raised:
      root?.standing === 'raised'
        ? { text: textOf(root), frames: root.frames.filter(isUserFrame).toReversed() }
        : undefined,
  };
}
