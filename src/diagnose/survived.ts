/** Which exceptions a program got over: what it raised and went on after is seldom why it ended. */
import type { RaisedException } from './exception.ts';

/** Positions between two exceptions of a process from which the first one must have been survived. */
const SURVIVED_AFTER = 40;
/** So often the same one is raised only where somebody catches it. */
const REPEATED = 3;

/** In the same order. The last words of a process are never counted as survived. */
export function markSurvived(all: readonly RaisedException[]): RaisedException[] {
  const lanes = Map.groupBy(all, ({ lane, line }) => `${line.stream ?? ''} ${lane}`);
  const survived = new Set([...lanes.values()].flatMap(survivedOf));
  return all.map((one) => (survived.has(one) ? { ...one, survived: true } : one));
}

function survivedOf(lane: readonly RaisedException[]): RaisedException[] {
  const raised = lane.filter(({ standing, type }) => standing === 'raised' && type !== '');
  const kinds = Map.groupBy(raised, kindOf);
  return raised.filter((one) => {
    const rest = raised.filter((other) => other !== one);
    const kind = kindOf(one);
    const isRepeated = (kinds.get(kind)?.length ?? 0) >= REPEATED;
    return rest.some(
      (other) =>
        other.span[0] - one.span[1] > SURVIVED_AFTER ||
        (one.inThread && other.position > one.position) ||
        (isRepeated && kindOf(other) !== kind && other.position > (kinds.get(kind)?.[0]?.position ?? 0)),
    );
  });
}

/** What it says but for numbers and names. */
function kindOf({ type, message }: RaisedException): string {
  const first = message.split('\n')[0] ?? '';
  return `${type} ${first.replace(/'[^']*'|"[^"]*"|\/\S+|\d+/g, '…')}`;
}
