/** Thrown for bytes that are not what they should be. The message goes on from "the API server …". */
export class Damaged extends Error {}
