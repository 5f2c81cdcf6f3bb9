import { describe, expect, it } from '@jest/globals';
import { parseFailureReason } from '../../../src/diagnose/failure-reason.ts';

const BODY =
  'ExecuteUserScriptError:\nExitCode 2\nErrorMessage "a \'b\' "c" d\n e"\nCommand "python train.py --name "x y""';

describe('parseFailureReason', () => {
  it.each([
    ['AlgorithmError: , exit code: 1', { errorClass: 'AlgorithmError', containerExitCode: 1, detail: '' }],
    ['AlgorithmError: Exit Code: 139', { errorClass: 'AlgorithmError', containerExitCode: 139 }],
    [
      `AlgorithmError: ${BODY}, exit code: 1`,
      {
        toolkitType: 'ExecuteUserScriptError',
        scriptExitCode: 2,
        containerExitCode: 1,
        errorMessage: 'a \'b\' "c" d\n e',
        command: 'python train.py --name "x y"',
      },
    ],
    [
      `AlgorithmError: ${BODY.replaceAll('\n', ' ')}, exit code: 1`,
      { scriptExitCode: 2, errorMessage: 'a \'b\' "c" d  e', containerExitCode: 1 },
    ],
    [
      'AlgorithmError: ExecuteUserScriptError:\nExitCode 137\nErrorMessage ""\nExtraInfo "OutOfMemory: Process killed by SIGKILL (signal 9)"\nCommand "python a.py"',
      {
        scriptExitCode: 137,
        errorMessage: '',
        extraInfo: 'OutOfMemory: Process killed by SIGKILL (signal 9)',
        command: 'python a.py',
      },
    ],
    [
      'AlgorithmError: ExecuteUserScriptError:\nCommand "python a.py --p q"\nTraceback (most recent call last):\nKeyError: \'a\', exit code: 1',
      {
        command: 'python a.py --p q',
        detail: "Traceback (most recent call last):\nKeyError: 'a'",
        containerExitCode: 1,
      },
    ],
    [
      'ClientError: AlgorithmError: framework error: \nTraceback',
      { errorClass: 'AlgorithmError', toolkitType: 'framework error', detail: 'Traceback' },
    ],
    [
      'ClientError: Artifact upload failed:Insufficient disk space',
      { errorClass: 'ClientError', detail: 'Artifact upload failed:Insufficient disk space', truncated: false },
    ],
    ['InternalServerError: We encountered an internal error. Please try again.', { errorClass: 'InternalServerError' }],
    [
      'UnexpectedStatusException: Error for Training job a-b-1: Failed. Reason: ClientError: x. Check troubleshooting guide for common errors: https://docs.example',
      { errorClass: 'ClientError', detail: 'x' },
    ],
    [
      'ValueError: Error training a-1: Failed Reason: AlgorithmError: Exit Code: 1',
      { errorClass: 'AlgorithmError', containerExitCode: 1 },
    ],
    ['words of no known form', { errorClass: undefined, detail: 'words of no known form' }],
    ['', { errorClass: undefined, detail: '' }],
  ])('takes %j apart', (text, expected) => {
    expect(parseFailureReason(text)).toMatchObject(expected);
  });

  it('keeps a message that the platform cut off', () => {
    const text = `AlgorithmError: ExecuteUserScriptError:\nExitCode 1\nErrorMessage "${'x'.repeat(1000)}`;
    expect(parseFailureReason(text)).toMatchObject({
      truncated: true,
      errorMessage: 'x'.repeat(1000),
      command: undefined,
    });
  });
});
