/** Where blocks are shown; not every block may stand everywhere. */
export type Surface = 'message' | 'modal' | 'home';
