/** Whether more or less of a metric is better. */

export type Direction = 'minimize' | 'maximize';

/** Words of metric names that everybody reads the same way; the last one in a name decides (`f1_loss` is a loss). */
const MEANINGS: ReadonlyMap<string, Direction> = new Map([
  ...words(
    'minimize',
    'loss logloss nll perplexity ppl error err mape smape mase wape wmape mae mse rmse msle rmsle mdae mad crps pinball deviance brier rmsse mql wql wer cer fid lpips eer',
  ),
  ...words(
    'maximize',
    'acc accuracy auc auroc auprc aucpr f1 fbeta r2 map iou miou dice bleu rouge meteor precision ap recall sensitivity specificity ndcg mrr psnr ssim kappa mcc reward',
  ),
]);

function words(direction: Direction, list: string): [string, Direction][] {
  return list.split(' ').map((word) => [word, direction]);
}

/** All words of the table, for the documentation. */
export function namesOf(direction: Direction): readonly string[] {
  return [...MEANINGS].filter(([, meaning]) => meaning === direction).map(([word]) => word);
}

/** By the user's word, else by the table; undefined = nobody knows, so nothing is called better. */
export function directionOf(name: string, objective: Readonly<Record<string, Direction>>): Direction | undefined {
  if (Object.hasOwn(objective, name)) return objective[name];
  const parts = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return parts.map(meaningOf).findLast((meaning) => meaning !== undefined);
}

/** `map50` and `recall_at_5`: a number behind the word is a detail. */
function meaningOf(part: string): Direction | undefined {
  return MEANINGS.get(part) ?? MEANINGS.get(part.replace(/\d+$/, ''));
}
