import { flood } from './refused-sign-ins';

flood('form');
