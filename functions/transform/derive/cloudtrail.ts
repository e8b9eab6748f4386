/** Whether an API operation changes something: all others begin with Describe, Get or List (reference 5.3). */
export function changesState(eventName: string): boolean {
  return !/^(?:Describe|Get|List)/.test(eventName);
}
