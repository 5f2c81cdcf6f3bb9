import type { Cloud } from '../state.ts';
import type { Job } from '../training/job.ts';
import { jobStore } from '../training/jobs.ts';
import type { Tag } from '../training/request.ts';
import type { Call, Service } from '../types.ts';
import { unknownJob, validationError } from './errors.ts';
import { pageOf } from './page.ts';
import { checkTags, MOST_TAGS } from './tag-rules.ts';

/** AddTags, ListTags and DeleteTags of training jobs. */
export function tagOperations(cloud: Cloud): Service {
  return {
    AddTags(call) {
      const job = resourceOf(cloud, call);
      const added = call.input.Tags as Tag[];
      checkTags(added);
      const tags = new Map([...job.state.tags, ...added.map(({ Key, Value }) => [Key, Value] as const)]);
      if (tags.size > MOST_TAGS) {
        throw validationError(
          `The resource ${job.arn} would have ${tags.size} tags; the limit is ${MOST_TAGS} tags per resource.`,
        );
      }
      job.update({ tags });
      return { output: { Tags: wire(tags) } };
    },
    ListTags(call) {
      const { MaxResults = MOST_TAGS, NextToken } = call.input as { MaxResults?: number; NextToken?: string };
      const { items, next } = pageOf(wire(resourceOf(cloud, call).state.tags), NextToken, MaxResults);
      return { output: { Tags: items, ...next } };
    },
    DeleteTags(call) {
      const job = resourceOf(cloud, call);
      const gone = call.input.TagKeys as string[];
      job.update({ tags: new Map([...job.state.tags].filter(([key]) => !gone.includes(key))) });
      return { output: {} };
    },
  };
}

function wire(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

function resourceOf(cloud: Cloud, { input }: Call): Job {
  const arn = String(input.ResourceArn);
  const job = [...cloud.shared(jobStore).jobs.values()].find((each) => each.arn === arn);
  if (job === undefined) throw unknownJob();
  return job;
}
