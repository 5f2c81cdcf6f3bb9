/** A job of thirty hours under sessions of one, with three interruptions, followed by the built bundle. */
import type { Checkout } from '../e2e/checkout.ts';
import { job } from '../e2e/jobs.ts';
import { Stage } from '../e2e/stage.ts';
import type { Point } from './crash-points.ts';
import { duplicates, inProgress } from './job-states.ts';

const HOUR = 3600;
const HOURS = 30;
const THIRTY_HOURS = job([{ text: 'step={i} val_mape=0.05', at: 60, every: 600, times: 170 }], {
  phases: [
    { status: 'Starting', seconds: 240 },
    { status: 'Downloading', seconds: 120 },
    { status: 'Training', seconds: HOURS * HOUR },
    { status: 'Uploading', seconds: 45 },
  ],
  interruptions: [6, 9, 5].map((hours) => ({ seconds: hours * HOUR, downSeconds: 600 })),
});
const INPUTS = {
  'role-to-assume': 'arn:aws:iam::111122223333:role/ci',
  'role-duration': '1h',
  'max-run': '40h',
  'max-wait': '60h',
  'wait-timeout': '72h',
};
const NOT_SIGNED = new Set(['github', 'oidc', 'registry']);
const FOLLOWING = new Set(['DescribeTrainingJob', 'DescribeLogStreams', 'GetLogEvents']);
const REFUSED = /Expired|UnrecognizedClient|InvalidClientToken|Signature/;

/** 20 ms of a busy machine are 20 s of this run, as long as a request may take: some are asked twice, and none may matter. */
export async function followThirtyHours(checkout: Checkout): Promise<Point> {
  await using stage = await Stage.open({ jobs: [THIRTY_HOURS], checkout, timeScale: 1000 });
  const { main, post } = await stage.run({
    inputs: INPUTS,
    without: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  });
  const ledger = await stage.ledger();
  const signed = ledger.filter(({ service }) => !NOT_SIGNED.has(service));
  const sessions = signed.filter(
    ({ operation, status }) => operation === 'AssumeRoleWithWebIdentity' && status === 200,
  );
  const refused = signed.filter(({ error }) => REFUSED.test(error ?? ''));
  const perHour = ledger.filter(({ operation }) => FOLLOWING.has(operation)).length / HOURS;
  const { conclusion, interruptions } = main.outputs;
  const wrong = [
    ...(conclusion === 'success' && main.exitCode === 0
      ? []
      : [`the conclusion is ${conclusion}\n${main.log.slice(-2000)}`]),
    ...(interruptions === '3' ? [] : [`${interruptions} interruptions were told`]),
    ...(post.exitCode === 0 ? [] : [`the post step ended with ${post.exitCode}`]),
    ...(sessions.length >= HOURS ? [] : [`there were only ${sessions.length} sessions`]),
    ...refused.map(({ operation, error }) => `${operation} was refused: ${error}`),
  ];
  return {
    what: `${HOURS} hours, ${interruptions} interruptions`,
    seen: `${conclusion}, ${sessions.length} sessions, ${perHour.toFixed(0)} status and log calls an hour, ${refused.length} calls with expired credentials`,
    orphans: inProgress(stage).map(({ name }) => name),
    duplicates: duplicates(stage),
    wrong,
  };
}
