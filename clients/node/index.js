// @ts-check
export { judge } from './judge.js';
export { createVerifier, KeydeskError } from './verifier.js';
