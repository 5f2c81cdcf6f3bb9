import type { CaseInput } from '../../../../src/diagnose/case.ts';
import type { Label } from '../../../../src/diagnose/labels.ts';

/** A failure in the words of a library or of AWS, written without a look at the rules. */
export interface UnseenCase {
  readonly label: Label;
  /** Other labels that are as right. */
  readonly accept?: readonly Label[];
  readonly case: CaseInput;
  /** Words the evidence must quote. */
  readonly quote: string;
}

/** A failed job whose log is all there is. */
export const failed = (log: string): CaseInput => ({ status: 'Failed', secondary_status: 'Failed', log });

/** A failed job of which only the reason is left. */
export const reason = (text: string): CaseInput => ({
  status: 'Failed',
  secondary_status: 'Failed',
  failure_reason: text,
});

/** A request the API refused. */
export const refused = (log: string): CaseInput => ({ status: 'not-created', log });

/** A script below the training toolkit: the reason holds what the toolkit took, the log all of it. */
export function underToolkit(log: string, message: string, exit = 1): CaseInput {
  const command = 'Command "/opt/conda/bin/python3.10 train.py --epochs 3 --lr 0.001"';
  const body = `ExecuteUserScriptError:\nExitCode ${exit}\nErrorMessage "${message}"\n${command}`;
  return {
    status: 'Failed',
    secondary_status: 'Failed',
    failure_reason: `AlgorithmError: ${body}, exit code: 1`,
    log: `2025-02-11 09:14:02,118 sagemaker-training-toolkit INFO     Invoking user script
${log}
2025-02-11 09:20:41,530 sagemaker-training-toolkit INFO     Waiting for the process to finish and give a return code.
2025-02-11 09:20:41,530 sagemaker-training-toolkit INFO     Done waiting for a return code. Received ${exit} from exiting process.
2025-02-11 09:20:41,531 sagemaker-training-toolkit ERROR    Reporting training FAILURE
2025-02-11 09:20:41,531 sagemaker-training-toolkit ERROR    ${body}
2025-02-11 09:20:41,532 sagemaker-training-toolkit ERROR    Encountered exit_code 1`,
  };
}
