/** Whether people who read the log and the comment may see the account id. */
import type { Ports } from '../ports.ts';
import type { Inputs } from './inputs.ts';

/** Letters, digits and a low line inside of a word: plain text for Markdown, wherever it stands. */
const SHOWN = 'ACCOUNT_ID';

/** Hides these account ids if the input says so, or by default where the repository is not known to be private. */
export function hideAccounts(
  accounts: readonly (string | undefined)[],
  { report }: Pick<Inputs, 'report'>,
  { runner, secrets }: Pick<Ports, 'runner' | 'secrets'>,
): void {
  if (!(report.hideAccountId ?? !isPrivate(runner.event()))) return;
  for (const account of accounts) if (/^\d{12}$/.test(account ?? '')) secrets.hide(account ?? '', SHOWN);
}

/** The account of a role's ARN. */
export function accountOf(arn: string | undefined): string | undefined {
  return arn?.split(':')[4];
}

function isPrivate(payload: unknown): boolean {
  return Object(Object(payload).repository).private === true;
}
