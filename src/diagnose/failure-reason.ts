/**
 * Takes a FailureReason apart. Outside in: what an SDK put in front, the platform's class (several may be nested), the
 * training toolkit's type and body, and the container's exit code, which the platform appends.
 * The toolkit's layout is that of aws/sagemaker-training-toolkit, `errors.py`; consoles print its newlines as blanks.
 */

export type ReasonClass = 'AlgorithmError' | 'ClientError' | 'CapacityError' | 'InternalServerError' | 'Platform Error';

export interface FailureReason {
  /** The innermost class: `ClientError: AlgorithmError: …` is an AlgorithmError that passed through a pipeline. */
  readonly errorClass: ReasonClass | undefined;
  /** `ExecuteUserScriptError`, `InstallRequirementsError`, `framework error`, … */
  readonly toolkitType: string | undefined;
  /** The script's own exit code; the toolkit itself always exits with 1 after a script error. */
  readonly scriptExitCode: number | undefined;
  readonly errorMessage: string | undefined;
  readonly extraInfo: string | undefined;
  readonly command: string | undefined;
  /** The container's exit code. */
  readonly containerExitCode: number | undefined;
  /** What is left when all of the above is taken away: the platform's sentence, or stderr of the script. */
  readonly detail: string;
  /** The platform keeps 1,024 characters, and the cause may have been behind them. */
  readonly truncated: boolean;
  readonly text: string;
}

const LONGEST = 1024;
const SDK_PREFIX =
  /^(?:\w*(?:Exception|Error): )?(?:Error (?:for (?:Training|HyperParameterTuning) job|training) \S+?:? Failed\.? Reason: |(?:Training job failed\s+)?Failed Reason: )/;
const SDK_SUFFIX = /\. Check troubleshooting guide for common errors: \S+$/;
const CLASS = /^(AlgorithmError|ClientError|CapacityError|InternalServerError|Platform Error)(?::\s*|(?=\.|$))/;
const TOOLKIT_TYPE =
  /^((?:\w+\.)*(?:ExecuteUserScriptError|InstallRequirementsError|InstallModuleError|ImportModuleError|SMTrainingCompilerConfigurationError)|SMTrainingCompiler Error|[Ff]ramework [Ee]rror):\s*/;
const CONTAINER_EXIT = /,? ?exit code: (-?\d+)\s*$/i;

/** Understands any text: what does not follow the grammar is all `detail`. */
export function parseFailureReason(text: string): FailureReason {
  const stripped = text.trim().replace(SDK_PREFIX, '').replace(SDK_SUFFIX, '');
  const { errorClass, rest: afterClass } = takeClasses(stripped);
  const exit = CONTAINER_EXIT.exec(afterClass);
  const body = exit ? afterClass.slice(0, exit.index) : afterClass;
  const type = TOOLKIT_TYPE.exec(body);
  const fields = takeFields(type ? body.slice(type[0].length) : body);
  return {
    errorClass,
    toolkitType: type?.[1]?.split('.').at(-1),
    ...fields,
    containerExitCode: exit ? Number(exit[1]) : undefined,
    truncated: text.trim().length >= LONGEST - 24,
    text: stripped,
  };
}

function takeClasses(text: string) {
  let rest = text;
  let errorClass: ReasonClass | undefined;
  for (let found = CLASS.exec(rest); found; found = CLASS.exec(rest)) {
    errorClass = found[1] as ReasonClass;
    rest = rest.slice(found[0].length);
    if (found[0].length === found[1]?.length) break;
  }
  return { errorClass, rest };
}

type Fields = Pick<FailureReason, 'scriptExitCode' | 'errorMessage' | 'extraInfo' | 'command' | 'detail'>;

/** The message itself holds quotes and newlines: it ends at the last quote before the next field, or where the text ends. */
function takeFields(body: string): Fields {
  const exit = /^ExitCode (-?\d+)\s*/.exec(body);
  let rest = exit ? body.slice(exit[0].length) : body;
  const message = takeQuoted(rest, 'ErrorMessage', /"\s*(?=ExtraInfo "|Command ")/);
  rest = message?.rest ?? rest;
  const extra = takeQuoted(rest, 'ExtraInfo', /"\s*(?=Command ")/);
  rest = extra?.rest ?? rest;
  const command = takeCommand(rest);
  return {
    scriptExitCode: exit ? Number(exit[1]) : undefined,
    errorMessage: message?.value,
    extraInfo: extra?.value,
    command: command?.value,
    detail: (command?.rest ?? rest).trim(),
  };
}

function takeQuoted(text: string, field: string, end: RegExp): { value: string; rest: string } | undefined {
  const start = `${field} "`;
  if (!text.startsWith(start)) return undefined;
  const after = text.slice(start.length);
  const close = end.exec(after);
  if (close) return { value: after.slice(0, close.index), rest: after.slice(close.index + close[0].length) };
  return { value: after.replace(/"\s*$/, ''), rest: '' };
}

/** Older toolkits wrote stderr behind the command, newer ones nothing; arguments hold quotes of their own. */
function takeCommand(text: string): { value: string; rest: string } | undefined {
  if (!text.startsWith('Command "')) return undefined;
  const after = text.slice('Command "'.length);
  const newline = after.indexOf('"\n');
  if (newline >= 0) return { value: after.slice(0, newline), rest: after.slice(newline + 2) };
  const close = /"(?=\s+(?:Traceback|WARNING|ERROR|\[|\d+%|\d{4}-))|"\s*$/.exec(after);
  if (!close) return { value: after, rest: '' };
  return { value: after.slice(0, close.index), rest: after.slice(close.index + 1) };
}
