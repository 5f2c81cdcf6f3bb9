import { createContext, Script } from 'node:vm';
import type { WithinTime } from '../ports.ts';

const sandbox: { work: (() => void) | undefined } = { work: undefined };
const context = createContext(sandbox);
const script = new Script('work()');

/** V8 looks for a termination at every step back of a regular expression, so a script with a time-out can end one. */
export const withinTime: WithinTime = (work, seconds) => {
  sandbox.work = work;
  try {
    script.runInContext(context, { timeout: Math.ceil(seconds * 1000) });
    return true;
  } catch (error) {
    if (Object(error).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  } finally {
    sandbox.work = undefined;
  }
};
