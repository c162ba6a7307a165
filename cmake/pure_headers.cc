// SPDX-License-Identifier: Apache-2.0
// Nothing: the target of this file carries the precompiled header that pure rooms share.
