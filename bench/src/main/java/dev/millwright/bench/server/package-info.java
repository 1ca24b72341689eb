/// Real servers in processes of their own, and how they are talked to. Start reading at
/// [ServerHome].
@NullMarked
package dev.millwright.bench.server;

import org.jspecify.annotations.NullMarked;
