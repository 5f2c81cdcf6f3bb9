/** Where the demo plays. */
export const REPOSITORY = 'acme/forecast';
export const PULL_REQUEST = 7;
export const BUCKET = 'acme-ml';
