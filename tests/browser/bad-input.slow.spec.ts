import { lists, sendBadly } from './bad-input';

sendBadly('/users', lists['/users']);
sendBadly('/audit', lists['/audit']);
