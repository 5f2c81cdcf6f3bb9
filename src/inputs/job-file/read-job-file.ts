/** `job-file`: YAML with any part of CreateTrainingJob in its own field names. */
import { isMap } from 'yaml';
import { type JsonObject, valueAt } from '../json.ts';
import { type Problem, quoted } from '../problem.ts';
import { requestShape } from '../service-model.ts';
import { MAX_MISTAKES, openYaml } from '../yaml-document.ts';
import { Places, problemAt } from './place.ts';
import { readPart } from './read-request.ts';

/** A file as it was found. */
export interface JobFileText {
  readonly path: string;
  /** `undefined`: there is no such file. */
  readonly text: string | undefined;
}

export interface JobFile {
  /** What it asks for; wrong parts are left out. */
  readonly request: JsonObject;
  readonly places: Places;
  readonly problems: readonly Problem[];
}

const HOW =
  'Write YAML with the fields of CreateTrainingJob, such as `StoppingCondition: { MaxRuntimeInSeconds: 3600 }`.';

/** Fields that the job file cannot set, and what to do instead. */
const FORBIDDEN: Readonly<Record<string, { readonly message: string; readonly remedy: string }>> = {
  TrainingJobName: {
    message: 'is made by this action: it keeps a training from being started twice',
    remedy: 'Remove it; the input name names the training.',
  },
  'AlgorithmSpecification.AlgorithmName': {
    message: 'is an algorithm without an image, which this action does not train',
    remedy: 'Remove it, and give the image of the algorithm by the input image.',
  },
  ServerlessJobConfig: {
    message: 'is a job without instances, which this action does not train',
    remedy: 'Remove it: it goes with no instance type, image, spot or checkpoint.',
  },
  'ResourceConfig.SelectedInstanceType': {
    message: 'is an answer of the API',
    remedy: 'Remove it; write InstanceType.',
  },
  'ResourceConfig.SelectedInstanceCount': {
    message: 'is an answer of the API',
    remedy: 'Remove it; write InstanceCount.',
  },
};

/** The job file that the input names; an empty one where it names none. */
export function readNamed(file: JobFileText | undefined): JobFile {
  if (file === undefined) return readJobFile({ path: '', text: '' });
  const { path, text } = file;
  if (text !== undefined) return readJobFile({ path, text });
  const problem = {
    input: 'job-file',
    message: `is ${quoted(path)}, which is no file of the checkout`,
    remedy: 'Write its path from the root of the repository, and check the repository out before this step.',
  };
  return { ...readJobFile({ path, text: '' }), problems: [problem] };
}

export function readJobFile({ path, text }: { readonly path: string; readonly text: string }): JobFile {
  const opened = openYaml(text);
  const places = new Places(path, opened.lines);
  const problems: Problem[] = opened.mistakes
    .slice(0, MAX_MISTAKES)
    .map(({ offset, message }) => problemAt(places.ofOffset(offset), '', { message, remedy: HOW }));
  if (opened.document === undefined) return { request: {}, places, problems };
  const { root } = opened.document;
  if (root === null) return { request: {}, places, problems };
  if (!isMap(root))
    return {
      request: {},
      places,
      problems: [problemAt(places.ofOffset(0), '', { message: 'is not a map', remedy: HOW })],
    };
  const request = readPart(root, requestShape, '', { document: opened.document, places, problems }) as JsonObject;
  problems.push(...forbidden(request, places));
  return { request, places, problems };
}

function forbidden(request: JsonObject, places: Places): Problem[] {
  return Object.entries(FORBIDDEN).flatMap(([path, mistake]) =>
    valueAt(request, path) === undefined ? [] : [problemAt(places.of(path), path, mistake)],
  );
}
