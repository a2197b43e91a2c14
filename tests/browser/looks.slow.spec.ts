import { lookAt, lookAtStates } from './looks';
import { others } from './looks-screens';

lookAt(others);
lookAtStates(360);
