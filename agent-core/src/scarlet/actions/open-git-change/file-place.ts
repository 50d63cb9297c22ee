import { z } from 'zod';

/** Relative, and no part hidden: files with a dot before them steer Git and the repository's host. */
export const FilePath = z
  .string()
  .max(500)
  .regex(
    /^(?!.*\/\/)[\w+@=()[\] -][\w.+@=()[\] -]*(\/[\w+@=()[\] -][\w.+@=()[\] -]*)*$/,
    'not the path of a plain file in a repository',
  );

export const BranchName = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9][\w./-]*$/, 'not the name of a branch');
