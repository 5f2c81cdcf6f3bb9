/** An honest "cannot tell": the best excerpt, what was ruled out, and where to look. */
import type { Circumstances } from './circumstances.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Proof } from './evidence.ts';
import { textOf } from './exception.ts';
import { quoteAround } from './match.ts';
import { distinct, reasonProof } from './proofs.ts';

export function unknownDiagnosis(circumstances: Circumstances): Omit<Diagnosis, 'checks'> {
  return {
    label: 'unknown',
    title: 'What can be seen does not hold the cause',
    confidence: 0.3,
    evidence: distinct([...excerptProofs(circumstances), ...reasonProof(circumstances), ...lastLines(circumstances)]),
    remedy: whereToLook(circumstances),
    retryable: false,
    alternatives: [],
  };
}

/** Where a traceback breaks off its last source lines are the best there is. */
function excerptProofs({ exceptions, reason }: Circumstances): Proof[] {
  const source = reason === undefined ? 'log' : 'failure-reason';
  return exceptions.flatMap((exception): Proof[] => {
    const text = textOf(exception);
    const code = exception.frames
      .slice(-6)
      .map((frame) => frame.code)
      .join('\n');
    const whole: Proof = { source: 'log', quote: quoteAround(text, 0, 1), line: exception.line.number };
    return exception.type === '' ? [{ source, quote: code.slice(-400) }] : [whole];
  });
}

function lastLines({ passages }: Circumstances): Proof[] {
  const lines = passages.filter(({ kind }) => kind === 'line').slice(-3);
  return lines.map(({ source, text, line }) => ({ source, quote: quoteAround(text, 0, 1), ...(line ? { line } : {}) }));
}

function whereToLook({ reason, evidence }: Circumstances): string[] {
  const { log, job } = evidence;
  const places: string[] = [];
  if (log.totalLines === 0)
    places.push(
      'Read the log streams of the job in the group /aws/sagemaker/TrainingJobs, of every node: the reason given holds no cause.',
    );
  if (reason?.truncated)
    places.push('The failure reason stops at 1,024 characters, maybe before the cause; the log has the rest.');
  if (log.totalLines > 0)
    places.push('The log shows no error the rules know; look at the lines before the job ended, on every node.');
  if (job.status === 'Stopped')
    places.push('Look up StopTrainingJob in AWS CloudTrail: its userIdentity says who stopped the job.');
  places.push(
    'Let the program write its error to /opt/ml/output/failure: its first 1,024 characters become the failure reason.',
  );
  return places;
}
