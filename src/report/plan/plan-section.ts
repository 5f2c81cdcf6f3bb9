/** A plan in Markdown: what would happen first, then what it would cost, then the request itself. */
import { isTight } from '../../job/quota.ts';
import { notesList } from '../appendix.ts';
import { cut } from '../cut.ts';
import { count, duration, figure, usd } from '../figures.ts';
import { fitSections, REQUIRED, type Section } from '../fit.ts';
import { commitWords, matrixSentence } from '../job-lines.ts';
import { code, codeLink, details, fence, link, prose, proseBlock, table } from '../markdown.ts';
import type { Planned, PlanReport } from './plan-report.ts';

const REASON_LIMIT = 600;
const MESSAGE_LIMIT = 6_000;
const URI_LIMIT = 600;

/** At most so many UTF-16 units; the request is the first to go. `report` is clean. */
export function planSection(report: PlanReport, limit: number): string {
  const { planned, failure, notes, runUrl } = report;
  const required = (key: string, text: string): Section => ({ key, worth: REQUIRED, versions: [text] });
  return fitSections(
    [
      required('headline', headline(report)),
      required(
        'subject',
        `For commit ${commitWords(report)}.${matrixSentence(report)} Nothing was built, started or spent.`,
      ),
      required('failure', failure === undefined ? '' : refusal(failure)),
      { key: 'table', worth: 4, versions: [planned === undefined ? '' : factsTable(planned)] },
      { key: 'notes', worth: 3, versions: [50, 5].map((most) => notesList(notes, most)) },
      { key: 'price', worth: 2, versions: [planned === undefined ? '' : formula(planned)] },
      { key: 'request', worth: 1, versions: planned === undefined ? [''] : [requestDetails(planned), TOO_LONG] },
      required('run', link('workflow run', runUrl)),
    ],
    limit,
  );
}

const TOO_LONG = 'The request itself is too long for this comment: the job summary shows it.';

function headline({ planned, failure }: PlanReport): string {
  if (failure !== undefined)
    return planned === undefined ? '### ❌ Plan: it could not be made' : '### ❌ Plan: the training could not start';
  return `### 📋 Plan: ${planned === undefined ? '' : HEADLINES[planned.start.kind](planned)}`;
}

const HEADLINES: Readonly<Record<Planned['start']['kind'], (planned: Planned) => string>> = {
  create: ({ worstCase, start }) => {
    const what = start.continues === undefined ? 'a new training' : 'a training that goes on from its checkpoint';
    return worstCase === undefined ? what : `${what}, at most ${usd(worstCase.usd)}`;
  },
  adopt: () => 'the training that runs already is followed',
  report: () => 'an earlier result is reported again, at no cost',
  wait: () => 'a training that is being stopped is waited for, then continued',
  superseded: () => 'nothing, for a newer commit is being trained',
};

function refusal({ message, remedy }: NonNullable<PlanReport['failure']>): string {
  return `${proseBlock(cut(message, MESSAGE_LIMIT))}\n\n**Next:** ${prose(cut(remedy, MESSAGE_LIMIT))}`;
}

function factsTable(planned: Planned): string {
  const { start, machines, program, worstCase, maxCostUsd } = planned;
  const { maxRunSeconds, maxWaitSeconds, distribution } = machines;
  const wait = maxWaitSeconds === undefined ? '' : `, \`max-wait\` ${duration(maxWaitSeconds)}`;
  const bound = maxCostUsd === undefined ? '' : `, within \`max-cost\` (${usd(maxCostUsd)})`;
  const rows = [
    ['Job', codeLink(start.jobName, start.consoleUrl ?? '')],
    ...(start.stops.length === 0 ? [] : [['Stops', `${start.stops.map(code).join(' ')}, of an older commit`]]),
    ['Image', imageCell(planned)],
    ...(program === undefined ? [] : [['Program', programCell(program)]]),
    ['Machines', machinesCell(planned)],
    ...(distribution === undefined ? [] : [['Distribution', distributionCell(planned, distribution)]]),
    ['Limits', `\`max-run\` ${duration(maxRunSeconds)}${wait}`],
    ['Worst case', worstCase === undefined ? 'no public price is known' : `**${usd(worstCase.usd)}**${bound}`],
    ['Checkpoint', checkpointCell(planned)],
    ...quotaRows(planned),
  ];
  return table(['Plan', ''], 'll', rows);
}

function imageCell({ image: { uri, source, reason, exists } }: Planned): string {
  const name = `${code(cut(uri, URI_LIMIT))}${exists ? '' : ', whose digest is known once it is built'}`;
  return `${source === 'built' ? 'to be built' : source}: ${name}. ${sentence(prose(cut(reason, REASON_LIMIT)))}`;
}

function programCell({ script, uri, isStored }: NonNullable<Planned['program']>): string {
  const where = isStored ? 'unchanged, already at' : 'to be uploaded to';
  return `${code(script)}, ${where} ${code(cut(uri, URI_LIMIT))}`;
}

/** What was chosen, and why. */
function machinesCell({ machines: { instanceType, instanceCount, spot, profile } }: Planned): string {
  const what = `${instanceCount} × ${code(instanceType)}, ${spot ? 'managed spot' : 'on demand'}`;
  const why =
    profile && `: the profile ${code(profile.name)} is for ${profile.purpose.replace(/^(.*): (.*)$/, '$2, with $1')}`;
  return `${what}${why ?? ', as `instance-type` says'}`;
}

function distributionCell({ machines: { profile } }: Planned, distribution: string): string {
  return `${code(distribution)}${profile?.name === 'large' ? ', for the four GPUs of the profile `large`' : ''}`;
}

function checkpointCell({ start: { kind, checkpointUri, continues } }: Planned): string {
  const place = code(cut(checkpointUri, URI_LIMIT));
  if (kind !== 'create') return place;
  return continues === undefined ? `${place}, from the start` : `${place}, where ${code(continues)} left it`;
}

function quotaRows({ quota }: Planned): readonly (readonly string[])[] {
  if (quota === undefined) return [];
  return quota.limits.map((limit) => {
    const { name, value, used } = limit;
    return ['Quota', `${isTight(limit, quota) ? '⚠️ ' : ''}${code(name)}: ${figure(value)}, other jobs use ${used} now`];
  });
}

function formula({ worstCase, machines: { instanceCount, maxRunSeconds }, request }: Planned): string {
  if (worstCase === undefined) return '';
  const { usdPerHour, kind, region, date } = worstCase.price;
  const times = `(${duration(maxRunSeconds)} + 10 min) × ${count(instanceCount, 'instance')} × ${figure(usdPerHour)} USD an hour`;
  const source = `on-demand ${kind === 'listed' ? 'list price' : 'price derived from EC2’s'} of ${region}, ${date}`;
  const less = request.EnableManagedSpotTraining ? ' Spot costs less.' : '';
  return `<sub>Worst case, an estimate: ${times} (${source}).${less}</sub>`;
}

function requestDetails({ image, request, start }: Planned): string {
  const unsent = start.kind === 'adopt' || start.kind === 'report' || start.kind === 'superseded';
  const parts = [
    ...(unsent ? ['It is not sent as long as that job stands in for it.'] : []),
    ...(image.exists ? [] : ['`TrainingImage` gets its digest when it is built.']),
    ...(request.Environment === undefined ? [] : ['Values of the environment are sent, and not shown.']),
  ];
  const json = fence(requestJson(request)).replace(/^(`+)text/, '$1json');
  return details(
    'The request (CreateTrainingJob)',
    [...(parts.length > 0 ? [parts.join(' ')] : []), json].join('\n\n'),
  );
}

/** A tag a line. */
function requestJson(request: Planned['request']): string {
  return JSON.stringify(request, null, 2).replace(/\{\n +("Key": ".*",)\n +("Value": ".*")\n +\}/g, '{ $1 $2 }');
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
