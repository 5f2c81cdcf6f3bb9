/** The baseline in words: what was compared with, and how each metric stands. The colour never says more than the words. */
import type { Comparison } from '../metrics/baseline.ts';
import { cut } from './cut.ts';
import { figure } from './figures.ts';
import { code, codeLink, prose } from './markdown.ts';
import type { Report } from './report.ts';

const REF_LIMIT = 120;
const WHY_LIMIT = 400;

const WORDS = { better: '🟢 better', worse: '🔴 worse', same: '⚪ same' } as const;

/** `🟢 better: −0.0034 (−3.9 %)`; the bare difference where nobody said which way is better. */
export function changeCell({ change, delta, baseline }: Comparison): string {
  if (change === 'same') return WORDS.same;
  const share = baseline === 0 || !Number.isFinite(delta / baseline) ? '' : ` (${signed(percent(delta / baseline))} %)`;
  const difference = Number.isFinite(delta) ? `${signed(figure(delta, 3))}${share}` : 'cannot be compared';
  return change === undefined ? difference : `${WORDS[change]}: ${difference}`;
}

function percent(share: number): string {
  const value = share * 100;
  return Math.abs(value) < 0.05 ? figure(value, 1) : value.toFixed(1);
}

/** With a true minus sign, and a plus for what grew. */
function signed(digits: string): string {
  return digits.startsWith('-') ? `−${digits.slice(1)}` : `+${digits}`;
}

/** Which training the metrics are compared with, or why there is none. Empty where none was asked for. */
export function baselineSentence({ baseline, repository, runUrl }: Report): string {
  if (baseline === undefined) return '';
  if (baseline.kind === 'missing') return `No baseline: ${prose(cut(baseline.why, WHY_LIMIT))}.`;
  const { job, branch, consoleUrl } = baseline;
  const [server] = runUrl.split(`/${repository}/`);
  const commit =
    job.commit === undefined
      ? ''
      : ` of ${codeLink(job.commit.slice(0, 7), `${server}/${repository}/commit/${job.commit}`)}`;
  const where = branch === undefined ? '' : ` on ${code(cut(branch, REF_LIMIT))}`;
  const merged = job.pullRequest === undefined ? '' : ', the head of a pull request merged since';
  const date = job.createdAt === undefined ? '' : `, ${job.createdAt.slice(0, 10)}`;
  const nearest = job.passedOver ? '; newer ones there are not part of what was trained here' : '';
  return `Baseline: ${codeLink(job.name, consoleUrl)}${commit}${where}${merged}${date}${nearest}.`;
}
