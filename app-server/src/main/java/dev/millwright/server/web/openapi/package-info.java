/// The OpenAPI document, made from the route table and the records of the API. Start reading at
/// [OpenApi].
@NullMarked
package dev.millwright.server.web.openapi;

import org.jspecify.annotations.NullMarked;
