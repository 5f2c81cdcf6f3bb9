import { createGitHubRecords } from './github/records.ts';
import { ScriptError } from './script-book.ts';
import type { Cloud } from './state.ts';
import { localJobs } from './training/jobs.ts';
import { CloudError, type Service } from './types.ts';

/** The control plane: look at what happened, change what will. */
export function createControl(cloud: Cloud): Service {
  return {
    'GET /_local/ledger': () => ({ output: cloud.ledger.entries() }),
    'GET /_local/github': () => ({ output: cloud.shared(createGitHubRecords).snapshot() }),
    'GET /_local/clock': () => ({
      output: { now: cloud.clock.now(), scale: cloud.clock.scale, epoch: cloud.clock.epoch },
    }),
    'GET /_local/jobs': () => ({ output: localJobs(cloud) }),
    'POST /_local/script': (call) => {
      try {
        cloud.applyScript(call.input.content);
      } catch (error) {
        if (!(error instanceof ScriptError)) throw error;
        throw new CloudError('InvalidScript', error.message, 400, { findings: error.findings });
      }
      return { output: { applied: true } };
    },
    'POST /_local/reset': async () => {
      await cloud.reset();
      return { output: { reset: true } };
    },
  };
}
