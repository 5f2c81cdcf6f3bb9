import {
  AddTagsCommand,
  CreateTrainingJobCommand,
  DescribeTrainingJobCommand,
  ListTagsCommand,
  SageMakerClient,
  SearchCommand,
  StopTrainingJobCommand,
  type Tag,
} from '@aws-sdk/client-sagemaker';
import type { Trainer } from '../ports.ts';
import { askAgainWhenUnreadable, type ClientConfig } from './client.ts';

export function openTrainer(config: ClientConfig): Trainer {
  const client = askAgainWhenUnreadable(new SageMakerClient(config));
  return {
    create: async (request) => (await client.send(new CreateTrainingJobCommand(request))).TrainingJobArn ?? '',
    describe: (name) => client.send(new DescribeTrainingJobCommand({ TrainingJobName: name })),
    stop: async (name) => {
      await client.send(new StopTrainingJobCommand({ TrainingJobName: name }));
    },
    tags: async (arn) => {
      const tags: Tag[] = [];
      for (let next: string | undefined, first = true; first || next; first = false) {
        const page = await client.send(new ListTagsCommand({ ResourceArn: arn, MaxResults: 100, NextToken: next }));
        tags.push(...(page.Tags ?? []));
        next = page.NextToken;
      }
      return tags;
    },
    addTags: async (arn, tags) => {
      await client.send(new AddTagsCommand({ ResourceArn: arn, Tags: [...tags] }));
    },
    search: async (filters) => {
      const answer = await client.send(
        new SearchCommand({
          Resource: 'TrainingJob',
          SearchExpression: { Operator: 'And', Filters: [...filters] },
          SortBy: 'CreationTime',
          SortOrder: 'Descending',
          MaxResults: 100,
        }),
      );
      return (answer.Results ?? []).flatMap(({ TrainingJob: job }) => (job === undefined ? [] : [job]));
    },
  };
}
