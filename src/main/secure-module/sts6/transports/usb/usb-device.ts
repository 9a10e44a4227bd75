/**
 * The part of the library's device that is used here. Its own types leave out the time limits, which it takes
 * as a last argument in milliseconds (0 is "at once").
 */
export type UsbDevice = {
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber?: string | null;
  readonly manufacturerName?: string | null;
  readonly productName?: string | null;
  readonly bus: string;
  readonly ports: readonly number[];
  readonly deviceClass: number;
  /** Reading it opens the device on Linux, and throws without the right to. */
  readonly configuration?: {
    readonly configurationValue: number;
    readonly interfaces: readonly UsbInterface[];
  } | null;
  open(): Promise<void>;
  close(): Promise<void>;
  claimInterface(interfaceNumber: number): Promise<void>;
  releaseInterface(interfaceNumber: number): Promise<void>;
  detachKernelDriver(interfaceNumber: number): Promise<void>;
  attachKernelDriver(interfaceNumber: number): Promise<void>;
  transferIn(endpoint: number, length: number, timeoutMs: number): Promise<UsbRead>;
  transferOut(endpoint: number, data: Uint8Array, timeoutMs: number): Promise<UsbWritten>;
  controlTransferOut(setup: UsbControl, data: Uint8Array): Promise<UsbWritten>;
};

export type UsbInterface = {
  readonly interfaceNumber: number;
  readonly alternate: {
    readonly interfaceClass: number;
    readonly interfaceSubclass: number;
    readonly endpoints: readonly {
      readonly endpointNumber: number;
      readonly direction: 'in' | 'out';
      readonly type: string;
      readonly packetSize: number;
    }[];
  };
};

export type UsbControl = {
  readonly requestType: 'standard' | 'class' | 'vendor';
  readonly recipient: 'device' | 'interface' | 'endpoint' | 'other';
  readonly request: number;
  readonly value: number;
  readonly index: number;
};

type UsbRead = { readonly status?: string; readonly data?: DataView | undefined };
type UsbWritten = { readonly status?: string; readonly bytesWritten: number };
