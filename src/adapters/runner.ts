import { readFileSync } from 'node:fs';
import * as core from '@actions/core';
import { Failure, messageOf } from '../failure.ts';
import { neutralLine } from '../hostile/clean.ts';
import type { Clean } from '../hostile/text.ts';
import type { Place, Runner } from '../ports.ts';

/** The GitHub Actions runner of this process. */
export function openRunner(env: NodeJS.ProcessEnv): Runner {
  return {
    env,
    event: () => readEvent(env.GITHUB_EVENT_PATH),
    print,
    group: (title) => core.startGroup(neutralLine(title)),
    endGroup: () => core.endGroup(),
    notice: (message, place) => core.notice(message, properties(place)),
    warning: (message, place) => core.warning(message, properties(place)),
    error: (message, place) => core.error(message, properties(place)),
    output: (name, value) => core.setOutput(name, value),
    summary: async (markdown) => {
      // Outside a workflow there may be no summary file; inside one the runner always gives it.
      if (env.GITHUB_STEP_SUMMARY) await core.summary.addRaw(markdown, true).write();
    },
    save: (name, value) => core.saveState(name, value),
    saved: (name) => core.getState(name),
  };
}

function print(text: Clean): void {
  const lines = text.split('\n').map((line) => neutralLine(line as Clean));
  process.stdout.write(`${lines.join('\n')}\n`);
}

function properties(place: Place | undefined): core.AnnotationProperties {
  return {
    ...(place?.title === undefined ? {} : { title: place.title }),
    ...(place?.file === undefined ? {} : { file: place.file }),
    ...(place?.line === undefined ? {} : { startLine: place.line }),
    ...(place?.column === undefined ? {} : { startColumn: place.column }),
  };
}

function readEvent(path: string | undefined): unknown {
  if (!path) return {};
  try {
    const payload: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (payload === null || typeof payload !== 'object') throw new TypeError('it holds no JSON object');
    return payload;
  } catch (error) {
    throw new Failure(
      'EVENT_UNSUPPORTED',
      `The event file ${path} (GITHUB_EVENT_PATH) could not be read: ${messageOf(error)}`,
      'The runner writes this file for every step: run the action in a workflow, and let no earlier step change it.',
      error,
    );
  }
}
