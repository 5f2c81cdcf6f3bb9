import { posix } from 'node:path';
import { type Parsed, quoted, valid, wrong } from '../problem.ts';
import { line } from '../scalar.ts';
import { optional } from '../spec.ts';

export const script = {
  'source-dir': optional({
    group: 'script mode',
    description:
      'Directory with the program, packed and put below `s3-uri`; the training toolkit of the image unpacks it into `/opt/ml/code`. Unchanged, it is not sent again. `.git`, `.env`, `.cache`, `__pycache__` and notebook checkpoints are left out. Needs `entry-point`.',
    read: local('the path'),
  }),
  'entry-point': optional({
    group: 'script mode',
    description:
      'The script that the training toolkit of the image starts, by its path in `source-dir` (without `source-dir`: in the checkout). Sets the same hyperparameters as the SageMaker Python SDK.',
    read: entryPoint,
  }),
  requirements: optional({
    group: 'script mode',
    description:
      'Path of a requirements file in the checkout, which the toolkit installs before it starts the script. Default: the `requirements.txt` in `source-dir`, if there is one.',
    read: local('the path'),
  }),
};

function local(what: string): (text: string) => Parsed<string> {
  return (text) => {
    if (/^[a-z0-9]+:\/\//i.test(text))
      return wrong(`is ${quoted(text)}, which is not in the checkout`, 'Write a path from the root of the repository.');
    const read = line(what)(text);
    return read.ok ? valid(read.value.replace(/(?<=.)\/+$/, '')) : read;
  };
}

/** Where the toolkit finds it: below the directory that the archive is unpacked into. */
function entryPoint(text: string): Parsed<string> {
  const path = local('the path')(text);
  if (!path.ok) return path;
  const normal = posix.normalize(path.value);
  if (normal.startsWith('/') || normal.startsWith('..'))
    return wrong(`is ${quoted(text)}`, 'Write a path below source-dir, such as train.py.');
  return valid(normal);
}
