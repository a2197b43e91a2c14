'use client';

import { createContext } from 'react';

/**
 * What was typed into a field of this form that looks like a whole key, and is therefore neither
 * searched for nor put into an address; empty otherwise.
 */
export const HeldKey = createContext('');
