/** Code errors: what the program itself raises. */
import type { Circumstances } from '../circumstances.ts';
import type { Proof } from '../evidence.ts';
import { proofOfException, rootException, userFrame } from '../proofs.ts';
import { type Found, type Rule, says } from '../rule.ts';

/** Any exception that may be a cause is a better answer than none. */
function anyRaised({ exceptions }: Circumstances): Proof | undefined {
  const root = rootException(exceptions);
  return root?.standing === 'raised' ? proofOfException(root) : undefined;
}

function place({ circumstances }: Found): string {
  const frame = userFrame(rootException(circumstances.exceptions));
  const source = frame?.code.slice(0, 100).replaceAll('`', "'");
  return frame
    ? `Look at ${frame.file}:${frame.line}${source ? ` (\`${source}\`)` : ''}.`
    : 'The last frame of your own code in the traceback is where to look.';
}

export const PROGRAM_RULES: readonly Rule[] = [
  {
    label: 'python-exception',
    title: 'The program raised an exception',
    retryable: false,
    signs: [{ holds: anyRaised, strength: 0.7 }, says(0.6, /[Ee]xception during training: (?!Return Code)\S/)],
    remedy: (found) => [
      place(found),
      'Run the script at home on a few rows, in the same image: `docker run IMAGE train`.',
    ],
  },
  {
    label: 'syntax-error',
    title: 'The source does not parse',
    retryable: false,
    signs: [
      says(0.94, /^(?:SyntaxError|IndentationError|TabError)\b/, { in: ['exception'], unless: /\.js\b/ }),
      says(
        0.9,
        /syntax error near unexpected token|syntax error: unexpected|unexpected EOF while looking for matching|Syntax error: (?:"|end of file|Unterminated|Bad)/,
      ),
      says(0.85, /^(?:\S+ )?(?:SyntaxError|IndentationError): /),
    ],
    remedy: (found) => [
      place(found),
      'If the source is right, the Python of the image is older than its syntax (f-strings 3.6, := 3.8, match 3.10): take a newer base image.',
    ],
  },
  {
    label: 'file-not-found',
    title: 'A file the program opens is not there',
    retryable: false,
    signs: [
      says(
        0.86,
        /FileNotFoundError|\[Errno 2\]|No such file or directory|File b?'[^']+' does not exist|(?:IO|OS)Error: .*(?:does not exist|No such file)|NotFoundError: .*(?:No such file|not found|does not exist)|Unable to open file \(unable to open file|can't open\/read file|errno = 2,/i,
        { in: ['exception', 'reason'], unless: /cannot open shared object|error while loading shared/ },
      ),
      says(
        0.76,
        /No such file or directory|File b?'[^']+' does not exist|(?:file|path|directory) (?:'|")?\/opt\/ml\/\S+ (?:does not exist|not found)/i,
        { in: ['line', 'note'], unless: /cannot open shared object|dlerror|ld\.so|^rm:|mkdir|^ls:/ },
      ),
      says(0.78, /NotADirectoryError|IsADirectoryError/, { in: ['exception'] }),
      says(
        0.76,
        /list index out of range|No objects to concatenate|need at least one array to (?:concatenate|stack)|max\(\) arg is an empty sequence/,
        { in: ['exception'], frames: /glob|listdir|iterdir|rglob|scandir|os\.walk/ },
      ),
    ],
    remedy: ({ text, request }) => [
      `Check the path${/'(\/opt\/ml\/[^']+)'/.exec(text)?.[1] ? ` ${/'(\/opt\/ml\/[^']+)'/.exec(text)?.[1]}` : ''}: each channel is a directory /opt/ml/input/data/<channel>${request.channels?.length ? ` (channels: ${request.channels.map(({ name }) => name).join(', ')})` : ''}, and keys keep their path below the channel's prefix.`,
      'Print os.listdir of the directory at the start of the program.',
    ],
  },
  {
    label: 'missing-key',
    title: 'A key, column or environment variable is missing',
    retryable: false,
    signs: [
      says(0.85, /^KeyError\b/, {
        in: ['exception'],
        unless: /SM_CHANNEL|'(?:RANK|WORLD_SIZE|LOCAL_RANK|MASTER_ADDR|MASTER_PORT)'/,
      }),
      says(
        0.87,
        /not found in axis|None of \[.*\] are in the \[|Usecols do not match columns|\] not in index|is not in list.*column|Column\(?s?\)? .{0,60}(?:not (?:found|exist|in)|do(?:es)? not exist)|(?:column|field|feature) ['"][^'"]+['"] (?:not found|does not exist|is missing)|ColumnNotFoundError|UNRESOLVED_COLUMN/i,
        { in: ['exception', 'reason'] },
      ),
      says(
        0.82,
        /'(?:DataFrame|Series)' object has no attribute '(?!append|ix|as_matrix|iteritems|get_value|set_value)\w+'/,
        { in: ['exception'] },
      ),
    ],
    remedy: (found) => [
      `${/['"]([^'"]+)['"]/.exec(found.text)?.[0] ?? 'The key'} is not there: print the keys or columns right before. ${place(found)}`,
      'CSV files without a header make the first row the column names; other data than at home is the usual reason.',
    ],
  },
];
