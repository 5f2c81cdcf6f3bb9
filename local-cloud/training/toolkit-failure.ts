const TRACEBACK = 'Traceback (most recent call last):';
const LAST_LINES = 10;

/** What the training toolkit says of a program that ended with `code`: the text of its failure file. */
export function toolkitFailure(code: number, standardError: string, command: string): string {
  const extra = code === 137 ? '\nExtraInfo "OutOfMemory: Process killed by SIGKILL (signal 9)"' : '';
  return `ExecuteUserScriptError:\nExitCode ${code}\nErrorMessage "${errorMessage(standardError)}"${extra}\nCommand "${command}"`;
}

/** The last traceback, or the last lines. */
function errorMessage(standardError: string): string {
  const text = standardError.trimEnd();
  const traceback = text.lastIndexOf(TRACEBACK);
  return traceback >= 0 ? text.slice(traceback) : text.split('\n').slice(-LAST_LINES).join('\n');
}

/** A line of the toolkit's logger; its times are those of the machine, as all times in a container are. */
export function toolkitLine(level: 'INFO' | 'ERROR', message: string): string {
  const time = new Date().toISOString().replace('T', ' ').replace('.', ',').replace('Z', '');
  return `${time} sagemaker-training-toolkit ${level.padEnd(8)} ${message}\n`;
}
