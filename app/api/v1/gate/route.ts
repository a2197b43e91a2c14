import { answerRequest } from '@/lib/verify/answer-request';

const gate = (request: Request) => answerRequest(request, 'gate');

// Envoy asks with the method of the request that it holds back.
export {
  gate as DELETE,
  gate as GET,
  gate as HEAD,
  gate as OPTIONS,
  gate as PATCH,
  gate as POST,
  gate as PUT,
};
