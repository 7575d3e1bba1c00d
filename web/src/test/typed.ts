import { http, HttpResponse, type JsonBodyType, type PathParams } from "msw";
import type { Problem } from "@/api/types";

type Answer<T> = T | ((request: Request, params: PathParams) => T | Response | Promise<T | Response>);

/** A mock of one GET whose answer is checked against the API's types. */
export function mockGet<T extends JsonBodyType>(path: string, answer: Answer<T>) {
  return http.get(path, async ({ request, params }) => reply(answer, request, params, 200));
}

/** A mock of one POST; 201 unless told. */
export function mockPost<T extends JsonBodyType>(path: string, answer: Answer<T>, status = 201) {
  return http.post(path, async ({ request, params }) => reply(answer, request, params, status));
}

/** A mock of one PUT. */
export function mockPut<T extends JsonBodyType>(path: string, answer: Answer<T>) {
  return http.put(path, async ({ request, params }) => reply(answer, request, params, 200));
}

/** A problem document, as the server answers it. */
export function problemResponse(status: number, code: string, more: Partial<Problem> = {}, headers?: HeadersInit) {
  const problem: Problem = {
    type: "about:blank", title: code, status, code, detail: "", requestId: "8f2c-41d0", ...more,
  };
  return HttpResponse.json(problem as unknown as JsonBodyType, {
    status,
    headers: { ...Object.fromEntries(new Headers(headers)), "content-type": "application/problem+json" },
  });
}

/** No content. */
export function noContent() {
  return new HttpResponse(null, { status: 204 });
}

async function reply<T extends JsonBodyType>(answer: Answer<T>, request: Request, params: PathParams, status: number) {
  const value = typeof answer === "function" ? await answer(request, params) : answer;
  return value instanceof Response ? value : HttpResponse.json(value as JsonBodyType, { status });
}
