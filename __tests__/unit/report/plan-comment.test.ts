import { describe, expect, it } from '@jest/globals';
import { commentBody } from '../../../src/report/comment.ts';
import { commentParts, commentWithPlan } from '../../../src/report/plan/plan-comment.ts';
import type { PlanReport } from '../../../src/report/plan/plan-report.ts';
import type { Report } from '../../../src/report/report.ts';
import { asClean, makeReport } from '../../fixtures/reports.ts';

const MARKER = '<!-- train-on-sagemaker:forecast -->';
const COMMIT = 'a'.repeat(40);

/** A plan that could not be made: the shortest. */
function planOf(runId: string, sha = COMMIT, message = 'There is no such image.'): PlanReport {
  const { repository, runUrl, name } = makeReport({});
  const commit = { sha, branch: 'b', merge: undefined };
  const failure = { code: 'IMAGE_NOT_FOUND', message, remedy: 'Correct it.', place: undefined } as const;
  return { name, repository, runUrl, runId, commit, planned: undefined, failure, notes: [] };
}

const place = (plan: PlanReport, present?: string) => commentWithPlan(MARKER, plan, asClean, present);
const report = (over: Partial<Report> = {}) => makeReport({ runId: '20', ...over });
const result = (present?: string, over: Partial<Report> = {}) => commentBody(report(over), asClean, present);
const plansIn = (comment: string) => comment.match(/### ❌ Plan/g)?.length ?? 0;

describe('a plan in the comment', () => {
  it('stands alone as long as there is nothing else', () => {
    const alone = place(planOf('10'));
    expect(alone.startsWith(`${MARKER}\n### ❌ Plan`)).toBe(true);
    expect(commentParts(alone)).toMatchObject({ result: '', trailer: '', plan: { run: '10', commit: COMMIT } });
    expect(plansIn(place(planOf('11'), alone))).toBe(1);
  });

  it('stands below a result, which comes back out as it went in, however often', () => {
    const before = result();
    let comment: string = before;
    for (const run of ['21', '22', '23']) comment = place(planOf(run), comment);
    expect(plansIn(comment)).toBe(1);
    const { result: shown, trailer } = commentParts(comment);
    expect(`${MARKER}\n${shown}\n\n${trailer}\n`).toBe(before);
    expect(comment.length).toBeLessThan(65_536);
  });

  it('survives an editor that ends lines by two characters', () => {
    const comment = place(planOf('22'), place(planOf('21'), result()).replaceAll('\n', '\r\n'));
    expect(plansIn(comment)).toBe(1);
    expect(commentParts(comment).result).toBe(commentParts(result()).result);
  });

  it('of an older run never takes the place of a newer one', () => {
    const newer = place(planOf('30'), result());
    expect(place(planOf('25'), newer)).toBe(newer);
  });

  it('of a newer run and another commit outlives the end of an older training', () => {
    const comment = place(planOf('30'), result());
    expect(plansIn(result(comment))).toBe(1);
    expect(commentParts(result(comment)).plan).toEqual(commentParts(comment).plan);
  });

  it('goes with the training of its commit, and with a newer run of any', () => {
    const own = report().commit.sha;
    expect(plansIn(result(place(planOf('30', own), result())))).toBe(0);
    expect(plansIn(result(place(planOf('10'))))).toBe(0);
  });
});

describe('what a training printed', () => {
  const FAKE = `<!-- train-plan:{"run":"99","commit":"${COMMIT}","units":40} -->`;

  it('is never taken for a plan', () => {
    const tail = [FAKE, '', '<!-- train-history:[] -->', '<!-- train-run:1 -->'];
    const hostile = result(undefined, { logTail: tail.map((line) => ({ node: 'algo-1', line })) });
    expect(commentParts(hostile).plan).toBeUndefined();
    const with1 = place(planOf('21'), hostile);
    expect(commentParts(with1).result).toBe(commentParts(hostile).result);
    expect(commentParts(with1).plan?.run).toBe('21');
  });

  it('in a comment whose hidden lines do not add up stays a result', () => {
    const broken = place(planOf('21'), result()).replace(/"units":\d+/, '"units":7');
    const parts = commentParts(broken);
    expect(parts.plan).toBeUndefined();
    expect(parts.result).toContain(commentParts(result()).result);
  });
});
