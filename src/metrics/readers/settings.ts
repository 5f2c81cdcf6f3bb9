/** Settings that a program prints look like metrics: `name=value`, `name: value`. They stand in blocks that can be told. */

interface Block {
  readonly opens: RegExp;
  readonly closes: RegExp;
}

const BLOCKS: readonly Block[] = [
  { opens: /(?:Arguments|Args|Config)\($/, closes: /^\)/ },
  // The toolkit's echo of the environment: hyperparameters as JSON.
  { opens: /^Training Env:/, closes: /^Environment variables:/ },
  { opens: /^"hyperparameters": \{$/, closes: /^\}/ },
];
const LINE =
  /^(?:SM_\w+=|#metrics \{|Invoking script)|(?:Namespace|Arguments|Args|Config|HParams)\((?:_?[a-z]\w{0,60}=|$)/;
/** A block whose end was lost ends here. */
const LONGEST_BLOCK = 300;

/** Tells, record by record, whether it belongs to a dump of settings. */
export function settingsDump(): (text: string) => boolean {
  let open: Block | undefined;
  let left = 0;
  return (text) => {
    if (open !== undefined && left-- > 0) {
      if (open.closes.test(text)) open = undefined;
      return true;
    }
    open = BLOCKS.find(({ opens }) => opens.test(text));
    left = LONGEST_BLOCK;
    return open !== undefined || LINE.test(text);
  };
}
