import { existsSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { FakeDocker } from './fake-docker.ts';

/** The throw-away configuration of a run, the same for all its commands, is gone. */
export function expectNoTrace(docker: FakeDocker): void {
  const configs = [...new Set(docker.calls().map(({ config }) => config))];
  expect(configs).toEqual([expect.stringContaining('train-docker-')]);
  expect(configs.filter((config) => existsSync(config))).toEqual([]);
}
